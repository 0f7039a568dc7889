package orderplatform.app.benchmarks;

import java.util.List;

/** B1: confirmed orders per second over HTTP, of one line each, on 1,000 SKUs, over 64 connections. */
final class Throughput implements Scenario {

    @Override
    public String key() {
        return "throughput";
    }

    @Override
    public String title() {
        return "B1: confirmed orders/s over HTTP, one line each, 1,000 SKUs, 64 connections";
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        arena.shops();
        var rounds = Rounds.alternate(
                arena.settings().rounds(),
                List.of(Contender.values()),
                contender -> arena.shop(contender).place(Settings.CLIENTS, arena.pace(contender), Shop::anySku));
        for (var contender : Contender.values()) {
            result.figure(contender.key(), rounds.figure(contender, Round::perSecond, Figure.ORDERS))
                    .cpu(contender.key(), rounds.of(contender));
        }
        result.atLeast("stock", 20, rounds.ratio(Contender.OURS, Contender.STOCK, Round::perSecond))
                .atLeast("tuned", 8, rounds.ratio(Contender.OURS, Contender.TUNED, Round::perSecond));
        for (var contender : Contender.values()) {
            var shop = arena.shop(contender);
            result.checks(contender.key(), Audit.of(shop))
                    .check(
                            contender.key() + ": every order is confirmed",
                            shop.books().orders().values().stream()
                                    .allMatch(order -> order.status().equals("CONFIRMED")));
        }
        return result;
    }
}
