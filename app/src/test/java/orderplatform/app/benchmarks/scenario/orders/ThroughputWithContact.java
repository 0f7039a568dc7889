package orderplatform.app.benchmarks.scenario.orders;

import java.sql.SQLException;
import orderplatform.app.benchmarks.load.Audit;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Patience;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Figure;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Round;
import orderplatform.app.benchmarks.result.Rounds;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Scenario;

/** B1 once more, with an e-mail address in each order, to which the platform writes when the order is confirmed. */
public final class ThroughputWithContact implements Scenario {

    @Override
    public String key() {
        return "throughputWithContact";
    }

    @Override
    public String title() {
        return "B1: confirmed orders/s over HTTP, one line and an e-mail address each";
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        var settings = arena.settings();
        arena.shops();
        var rounds = Rounds.alternate(settings.rounds(), settings.contenders(), contender -> {
            var shop = arena.shop(contender);
            var round = shop.placeAll(Settings.CLIENTS, arena.pace(contender), ThroughputWithContact::order);
            awaitMails(shop);
            return round;
        });
        for (var contender : settings.contenders()) {
            var shop = arena.shop(contender);
            result.figure(contender.key(), rounds.figure(contender, Round::perSecond, Figure.ORDERS))
                    .cpu(contender.key(), rounds.of(contender))
                    .checks(contender.key(), Audit.of(shop))
                    .check(contender.key() + ": one e-mail per order", mails(shop) == addresses(shop));
        }
        return result.ratio("stock", rounds.ratio(Contender.OURS, Contender.STOCK, Round::perSecond))
                .ratio("tuned", rounds.ratio(Contender.OURS, Contender.TUNED, Round::perSecond))
                .note("A round is over with the last settled order; its e-mails are waited for before the next round.");
    }

    private static String order(int number) {
        return Shop.orderOf(Shop.anySku(number), "buyer-%d@shop.example".formatted(number));
    }

    private static void awaitMails(Shop shop) throws InterruptedException {
        Patience.until("the e-mails", shop.node()::isAlive, () -> mails(shop) >= addresses(shop));
    }

    private static long mails(Shop shop) throws SQLException {
        return shop.database().number("SELECT count(*) FROM notification_ledger WHERE status = 'SENT'");
    }

    private static long addresses(Shop shop) throws SQLException {
        return shop.database().number("SELECT count(*) FROM notification_contact WHERE email IS NOT NULL");
    }
}
