package orderplatform.app.importing;

import java.util.stream.StreamSupport;
import orderplatform.app.client.PlatformClient;
import orderplatform.app.client.PlatformClient.Answer;
import orderplatform.app.client.Unreachable;
import tools.jackson.databind.JsonNode;

/**
 * What the platform counts itself, read before and after an import.
 *
 * @param head the last position of the log
 */
record Figures(long head, double cacheHits, double cacheLookups, double notificationsSent) {

    static Figures of(PlatformClient platform) throws Unreachable, InterruptedException {
        Answer projections = platform.get("/api/projections");
        if (!projections.succeeded()) {
            throw new Unreachable("GET /api/projections answers " + projections.problem());
        }
        return new Figures(
                StreamSupport.stream(projections.body().spliterator(), false)
                        .mapToLong(projection -> projection.path("head").asLong(0))
                        .max()
                        .orElse(0),
                metric(platform, "orderplatform.cache.lookups?tag=result:hit"),
                metric(platform, "orderplatform.cache.lookups"),
                metric(platform, "orderplatform.notifications?tag=status:sent"));
    }

    /** 0 where the node has not counted anything under that name yet. */
    private static double metric(PlatformClient platform, String name) throws Unreachable, InterruptedException {
        JsonNode body = platform.get("/actuator/metrics/" + name).body();
        return body.path("measurements").path(0).path("value").asDouble(0);
    }

    Figures since(Figures before) {
        return new Figures(
                head - before.head,
                cacheHits - before.cacheHits,
                cacheLookups - before.cacheLookups,
                notificationsSent - before.notificationsSent);
    }
}
