package orderplatform.app.benchmarks.load;

import java.io.IOException;
import orderplatform.app.benchmarks.process.Connection;

/** What a platform counts of its views in Redis. */
public record CacheHits(double hits, double lookups) {

    private static final String LOOKUPS = "/actuator/metrics/orderplatform.cache.lookups";

    public static CacheHits of(Shop shop) throws IOException {
        try (var connection = shop.nodes().getFirst().management()) {
            return new CacheHits(count(connection, LOOKUPS + "?tag=result:hit"), count(connection, LOOKUPS));
        }
    }

    /** 0 if nothing has been counted under that name. */
    private static double count(Connection connection, String path) throws IOException {
        var answer = connection.get(path);
        return answer.status() == 200
                ? answer.json().path("measurements").get(0).path("value").asDouble()
                : 0;
    }

    public double ratioSince(CacheHits before) {
        return (hits - before.hits) / (lookups - before.lookups);
    }
}
