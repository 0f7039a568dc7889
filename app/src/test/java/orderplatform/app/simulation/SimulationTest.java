package orderplatform.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Hundreds of days at a shop where things go wrong. {@code -Dsimulation.seed=N} replays one of them. */
@Isolated("its clock and its log level are the whole JVM's")
class SimulationTest {

    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private static final Clock REAL = GenericEventMessage.clock;
    private static final int SEEDS = 100;

    private static Level level;

    @BeforeAll
    static void useTheVirtualClock() {
        GenericEventMessage.clock = virtual();
        level = ROOT.getLevel();
        ROOT.setLevel(Level.OFF);
    }

    private static Clock virtual() {
        InstantSource source = Scheduler::now;
        return source.withZone(ZoneOffset.UTC);
    }

    @AfterAll
    static void useTheRealClock() {
        GenericEventMessage.clock = REAL;
        ROOT.setLevel(level);
    }

    @Test
    void nothing_is_lost_and_nothing_happens_twice() {
        var seeds = seeds();
        System.out.printf("%d seeds from %d%n", seeds.length, seeds[0]);
        var started = System.nanoTime();
        var runs = LongStream.of(seeds)
                .parallel()
                .mapToObj(seed -> new Simulation(seed, Sabotage.NONE).run())
                .toList();
        report(runs, Duration.ofNanos(System.nanoTime() - started));
    }

    private static long[] seeds() {
        var one = Long.getLong("simulation.seed");
        var first = one == null ? ThreadLocalRandom.current().nextLong(1_000_000_000) : one;
        return LongStream.range(first, first + (one == null ? Integer.getInteger("simulation.seeds", SEEDS) : 1))
                .toArray();
    }

    private static void report(List<Simulation.Run> runs, Duration took) {
        var faults = new EnumMap<Fault, Integer>(Fault.class);
        runs.forEach(run -> run.faults().forEach((fault, times) -> faults.merge(fault, times, Integer::sum)));
        System.out.printf(
                "%d seeds in %d ms, %d a minute; %d steps, %d events, faults %s%n",
                runs.size(),
                took.toMillis(),
                runs.size() * 60_000L / took.toMillis(),
                runs.stream().mapToLong(Simulation.Run::steps).sum(),
                runs.stream().mapToLong(Simulation.Run::events).sum(),
                faults);
    }

    @Test
    void the_same_seed_gives_the_same_run() {
        assertThat(new Simulation(1, Sabotage.NONE).run()).isEqualTo(new Simulation(1, Sabotage.NONE).run());
        assertThat(new Simulation(2, Sabotage.NONE).run()).isEqualTo(new Simulation(2, Sabotage.NONE).run());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void a_sabotage_is_seen_for_what_it_is(Sabotage sabotage) {
        var seen = LongStream.range(0, SEEDS)
                .mapToObj(seed -> violation(seed, sabotage))
                .filter(rule -> rule.equals(sabotage.shownAs()))
                .findFirst();
        assertThat(seen).hasValue(sabotage.shownAs());
    }

    private static String violation(long seed, Sabotage sabotage) {
        try {
            new Simulation(seed, sabotage).run();
            return "none";
        } catch (Violation violation) {
            return violation.rule();
        }
    }
}
