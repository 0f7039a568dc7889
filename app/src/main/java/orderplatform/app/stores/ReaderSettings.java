package orderplatform.app.stores;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the readers of the log follow it.
 *
 * @param sagaSegments parts of each saga's work that run side by side, on one node or on several; fixed by the first start
 * @param sagaBatch most events in one transaction of sagas
 * @param projectionBatch most events in one transaction of a projection or of the relay
 * @param attempts how often an event may fail, for another reason than an outage, before it is parked
 */
@Validated
@ConfigurationProperties("platform.readers")
public record ReaderSettings(
        @DefaultValue("2") @Min(1) int sagaSegments,
        @DefaultValue("128") @Min(1) int sagaBatch,
        @DefaultValue("500") @Min(1) int projectionBatch,
        @DefaultValue("5") @Min(1) int attempts) {}
