package orderplatform.query.cache;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToLongFunction;
import orderplatform.query.QueryProperties;
import orderplatform.query.projections.LiveGenerations;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes the caches, one for each kind of view. */
@Component
public class VersionedCaches {

    private final RedisViews redis;
    private final JsonMapper json;
    private final QueryProperties properties;
    private final MeterRegistry meters;
    private final LiveGenerations generations;

    VersionedCaches(
            RedisViews redis,
            JsonMapper json,
            QueryProperties properties,
            MeterRegistry meters,
            ObjectProvider<LiveGenerations> generations) {
        this.redis = redis;
        this.json = json;
        this.properties = properties;
        this.meters = meters;
        this.generations = generations.getIfAvailable(() -> projection -> LiveGenerations.FIRST);
    }

    /**
     * @param name of the projection, in Redis keys and metrics too
     * @param position log position of the last event that changed a view
     */
    public <V> VersionedCache<V> named(String name, Class<V> type, ToLongFunction<V> position) {
        var lookups = new CacheLookups(name, meters);
        return new VersionedCache<>(
                name,
                () -> generations.of(name),
                type,
                position,
                redis,
                json,
                properties.cache().ttl(),
                lookups);
    }
}
