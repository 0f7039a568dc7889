package orderplatform.app.stores;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the readers of the log follow it.
 *
 * @param sagaSegments with profile {@code baseline}, parts of each saga's work that run side by side, on one node or on several;
 *     fixed by the first start
 * @param sagaBatch with profile {@code baseline}, most events in one transaction of sagas
 * @param projectionBatch most events in one transaction of a projection or of the relay
 * @param gather how long a projection that has much to do waits for more, to write a row that changes often once
 * @param storeEvery how often the relay stores how far it got while events come; after a crash it does again what it did
 *     since. Not with profile {@code baseline}, which stores after every batch
 * @param attempts how often an event may fail, for another reason than an outage, before it is parked
 */
@Validated
@ConfigurationProperties("platform.readers")
public record ReaderSettings(
        @DefaultValue("2") @Min(1) int sagaSegments,
        @DefaultValue("128") @Min(1) int sagaBatch,
        @DefaultValue("500") @Min(1) int projectionBatch,
        @DefaultValue("50ms") Duration gather,
        @DefaultValue("500ms") Duration storeEvery,
        @DefaultValue("5") @Min(1) int attempts) {}
