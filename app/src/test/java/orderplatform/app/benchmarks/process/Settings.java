package orderplatform.app.benchmarks.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What to measure, and how long.
 *
 * @param scenarios keys of the scenarios; all if it is empty
 * @param rounds pairs of measurements per scenario, of which the median counts
 * @param jar the platform
 * @param output folder of the report, and of the data of every platform that is started
 * @param invoices a file of invoices to import instead of the day that the platform carries
 */
public record Settings(
        List<String> scenarios, boolean quick, int rounds, Path jar, Path output, Optional<Path> invoices) {

    public static final int CLIENTS = 64;

    private static final int ROUNDS = 5;
    private static final int QUICK_ROUNDS = 1;

    public static Settings fromSystemProperties() {
        var quick = flag("bench.quick");
        return new Settings(
                text("bench").stream()
                        .flatMap(keys -> Stream.of(keys.split(",")))
                        .map(String::strip)
                        .toList(),
                quick,
                text("bench.rounds").map(Integer::parseInt).orElse(quick ? QUICK_ROUNDS : ROUNDS),
                Path.of(text("bench.jar").orElse("target/order-platform.jar")).toAbsolutePath(),
                Path.of(text("bench.output").orElse("target/bench")).toAbsolutePath(),
                text("bench.invoices").map(Path::of));
    }

    /** {@code -Dbench.quick} alone means yes. */
    private static boolean flag(String name) {
        return text(name).map(value -> !value.equals("false")).orElse(System.getProperty(name) != null);
    }

    private static Optional<String> text(String name) {
        return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
    }

    /** A quick run has the time for one peer, the harder one. */
    public List<Contender> contenders() {
        return quick ? List.of(Contender.OURS, Contender.TUNED) : List.of(Contender.values());
    }

    /** Of a scenario that costs a peer more time than a quick run has. */
    public List<Contender> contendersOfFullRun() {
        return quick ? List.of(Contender.OURS) : contenders();
    }

    /** At most, for the JVMs to compile what matters. */
    public Duration warmUp() {
        return quick ? Duration.ofSeconds(3) : Duration.ofSeconds(240);
    }

    /** What one measurement should take; long enough for hundreds of orders of the slowest contender. */
    public Duration round() {
        return quick ? Duration.ofSeconds(2) : Duration.ofSeconds(10);
    }

    /** What one setting of a floor, such as a number of threads, is tried for. */
    public Duration floor() {
        return quick ? Duration.ofMillis(300) : Duration.ofSeconds(3);
    }

    /** The larger of two sizes in a full run, the smaller in a quick one. */
    public int size(int full, int hasty) {
        return quick ? hasty : full;
    }
}
