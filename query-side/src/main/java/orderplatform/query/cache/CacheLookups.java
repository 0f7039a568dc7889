package orderplatform.query.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts how look-ups in one cache ended. */
class CacheLookups {

    private final Counter hits;
    private final Counter misses;
    private final Counter errors;

    CacheLookups(String cache, MeterRegistry meters) {
        hits = counter(cache, "hit", meters);
        misses = counter(cache, "miss", meters);
        errors = counter(cache, "error", meters);
        Gauge.builder("orderplatform.cache.hit.ratio", this, CacheLookups::hitRatio)
                .description("Hits per look-up since the start")
                .tag("cache", cache)
                .strongReference(true)
                .register(meters);
    }

    private static Counter counter(String cache, String result, MeterRegistry meters) {
        return Counter.builder("orderplatform.cache.lookups")
                .tag("cache", cache)
                .tag("result", result)
                .register(meters);
    }

    void hit() {
        hits.increment();
    }

    void miss() {
        misses.increment();
    }

    void error() {
        errors.increment();
    }

    private double hitRatio() {
        return hits.count() / (hits.count() + misses.count() + errors.count());
    }
}
