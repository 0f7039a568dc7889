package orderplatform.command.inventory;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a SKU counts as hot, and how nodes take turns at it.
 *
 * @param waiting reservations of one SKU under way on this node at once that make it hot
 * @param lease how long a turn may last without a sign of life; renewed every third of it
 * @param turnWithin how long to wait for a turn before going on without it
 * @param redisTimeout time for one answer of Redis
 * @param hintLifetime time after which a sold-out hint is forgotten, should Redis miss that the SKU came in again
 */
@ConfigurationProperties("platform.hot-skus")
public record HotSkuSettings(
        @DefaultValue("4") int waiting,
        @DefaultValue("5s") Duration lease,
        @DefaultValue("2s") Duration turnWithin,
        @DefaultValue("200ms") Duration redisTimeout,
        @DefaultValue("10s") Duration hintLifetime) {}
