package orderplatform.app.benchmarks.process;

import java.util.List;
import java.util.Locale;

/** The platform, and the same domain code on what Axon brings along. */
public enum Contender {
    /** As it is shipped. */
    OURS,

    /** Axon's defaults on Spring Boot: JPA stores, tracking processors with one segment and batches of one event. */
    STOCK(
            "--spring.profiles.active=baseline",
            "--platform.baseline.engine=jpa",
            "--platform.baseline.command-threads=0",
            "--platform.readers.saga-segments=1",
            "--platform.readers.saga-batch=1",
            "--platform.readers.projection-batch=1"),

    /** What Axon's documentation recommends, with the values that were best in {@code Tuning}. */
    TUNED(
            "--spring.profiles.active=baseline",
            "--platform.baseline.engine=jdbc",
            "--platform.baseline.command-threads=32",
            "--platform.baseline.aggregate-cache=true",
            "--platform.readers.saga-segments=2",
            "--platform.readers.saga-batch=50",
            "--platform.readers.projection-batch=1000",
            "--spring.datasource.hikari.maximum-pool-size=40");

    private final List<String> arguments;

    Contender(String... arguments) {
        this.arguments = List.of(arguments);
    }

    public List<String> arguments() {
        return arguments;
    }

    public static Contender of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
