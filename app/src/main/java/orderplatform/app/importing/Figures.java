package orderplatform.app.importing;

import java.net.URI;
import java.util.stream.StreamSupport;
import orderplatform.app.client.PlatformClient;
import orderplatform.app.client.PlatformClient.Answer;
import orderplatform.app.client.Unreachable;
import org.jspecify.annotations.Nullable;

/**
 * What is read of the platform before and after an import.
 *
 * @param head the last position of the log
 * @param metrics null if no management port tells
 */
record Figures(long head, @Nullable Metrics metrics) {

    static Figures of(PlatformClient platform, @Nullable URI management) throws Unreachable, InterruptedException {
        Answer projections = platform.get("/api/projections");
        if (!projections.succeeded()) {
            throw new Unreachable("GET /api/projections answers " + projections.problem());
        }
        return new Figures(
                StreamSupport.stream(projections.body().spliterator(), false)
                        .mapToLong(projection -> projection.path("head").asLong(0))
                        .max()
                        .orElse(0),
                Metrics.of(management));
    }

    Figures since(Figures before) {
        return new Figures(head - before.head, metrics == null ? null : metrics.since(before.metrics));
    }
}
