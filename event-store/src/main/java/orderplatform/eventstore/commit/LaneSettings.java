package orderplatform.eventstore.commit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How commands are committed, under {@code eventstore.lanes}.
 *
 * @param batch most commands that share a commit
 * @param queue most commands that wait in a lane; one more is refused
 * @param attempts times that a command is tried while other writers are first
 * @param aggregates most aggregates kept in memory
 * @param snapshotEvery events of one stream between two snapshots
 */
@Validated
@ConfigurationProperties("eventstore.lanes")
public record LaneSettings(
        @DefaultValue("128") @Min(1) @Max(1_000) int batch,
        @DefaultValue("16384") @Min(1) int queue,
        @DefaultValue("20") @Min(1) @Max(1_000) int attempts,
        @DefaultValue("10000") @Min(1) int aggregates,
        @DefaultValue("1000") @Min(1) int snapshotEvery) {}
