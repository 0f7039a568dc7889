package orderplatform.app.baseline;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How Axon's own stores are put together. The defaults are those that the platform's promises need; the others are
 * the peers of the benchmarks.
 *
 * @param engine ordered: JPA, with positions in the order of commits; jpa: as Axon configures it by itself; jdbc: JDBC for the log
 * @param commandThreads threads that run commands; 0 runs each on the thread that sends it, which is Axon's default
 * @param aggregateCache whether aggregates are kept between commands instead of being read from the log each time
 */
@Validated
@ConfigurationProperties("platform.baseline")
public record BaselineSettings(
        @DefaultValue("ordered") Engine engine,
        @DefaultValue("6") @Min(0) int commandThreads,
        @DefaultValue("false") boolean aggregateCache) {

    public enum Engine {
        /** JPA, with positions in the order of commits. */
        ORDERED,
        /** JPA as Axon configures it by itself. Positions come from blocks, and appear out of order. */
        JPA,
        /** JDBC for the log. Positions appear out of order. */
        JDBC
    }
}
