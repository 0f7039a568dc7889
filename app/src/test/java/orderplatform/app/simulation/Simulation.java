package orderplatform.app.simulation;

import static orderplatform.app.simulation.Rules.require;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import orderplatform.app.stores.SimulatedStores;

/** One seed: customers shop for a while and things go wrong, then nothing goes wrong any more, then the log is checked. */
final class Simulation {

    private static final Duration SHOPPING_AT_MOST = Duration.ofMinutes(30);
    private static final Duration REST_WITHIN = Duration.ofMinutes(3);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final long seed;
    private final Scheduler scheduler;
    private final Faults faults;
    private final Shop shop;
    private final Customers customers;

    Simulation(long seed, Sabotage sabotage) {
        this.seed = seed;
        var random = new SplittableRandom(seed);
        scheduler = new Scheduler(random.split());
        faults = new Faults(random.split());
        shop = new Shop(scheduler, faults, random.split(), sabotage);
        customers = new Customers(shop, random.split());
    }

    /**
     * What a run was like, if nothing was violated.
     *
     * @param steps how many threads took together
     * @param trace hash of them, equal for equal runs
     */
    record Run(int steps, int events, int trace, Map<Fault, Integer> faults) {}

    /** @throws Violation naming the seed, the rule and the last steps */
    Run run() {
        try {
            scheduler.run(this::direct);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } catch (Throwable violated) {
            throw new Violation(seed, violated, scheduler.trace());
        }
        var trace = scheduler.trace();
        return new Run(trace.size(), shop.log().size(), trace.hashCode(), faults.struck());
    }

    private void direct() {
        shop.open();
        customers.come();
        await("every call is answered", SHOPPING_AT_MOST, customers::areDone);
        faults.end();
        await("all comes to rest", REST_WITHIN, shop::isAtRest);
        var events = shop.log().events(SimulatedStores.EVENTS);
        new LogCheck(events).check();
        new StockCheck(events).check();
        new MoneyCheck(events, shop.provider().ledger()).check();
        new DeliveryCheck(events, shop.broker()).check();
        new AnswerCheck(events, customers.calls()).check();
    }

    private void await(String rule, Duration atMost, BooleanSupplier condition) {
        var until = scheduler.time().plus(atMost);
        while (!condition.getAsBoolean()) {
            require(
                    scheduler.time().isBefore(until),
                    rule,
                    () -> "after %s the log is at %d, tokens %s, left %s"
                            .formatted(
                                    atMost,
                                    shop.log().size() - 1,
                                    shop.tokens(),
                                    shop.sagas().rows()));
            scheduler.sleep(LOOK_AGAIN);
        }
    }
}
