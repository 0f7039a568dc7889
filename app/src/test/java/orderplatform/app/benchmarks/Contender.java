package orderplatform.app.benchmarks;

import java.util.List;
import java.util.Locale;

/** The platform, and the same domain code on what Axon brings along. */
enum Contender {
    /** As it is shipped. */
    OURS,

    /** Axon's defaults on Spring Boot: JPA stores, tracking processors with one segment and batches of one event. */
    STOCK(
            "--spring.profiles.active=stock",
            "--platform.stock.engine=jpa",
            "--platform.stock.command-threads=0",
            "--platform.readers.saga-segments=1",
            "--platform.readers.saga-batch=1",
            "--platform.readers.projection-batch=1"),

    /** What Axon's documentation recommends, without a sweep over its settings yet. */
    TUNED(
            "--spring.profiles.active=stock",
            "--platform.stock.engine=jdbc",
            "--platform.stock.command-threads=16",
            "--platform.stock.aggregate-cache=true",
            "--platform.readers.saga-segments=4",
            "--platform.readers.saga-batch=50",
            "--platform.readers.projection-batch=1000",
            "--spring.datasource.hikari.maximum-pool-size=24");

    private final List<String> arguments;

    Contender(String... arguments) {
        this.arguments = List.of(arguments);
    }

    List<String> arguments() {
        return arguments;
    }

    static Contender of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
