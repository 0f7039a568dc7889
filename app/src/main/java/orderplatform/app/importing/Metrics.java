package orderplatform.app.importing;

import java.net.URI;
import java.util.Optional;
import orderplatform.app.client.PlatformClient;
import org.jspecify.annotations.Nullable;

/** What a node counts itself, read from its management port before and after an import. */
record Metrics(double cacheHits, double cacheLookups, double notificationsSent) {

    private static final String ROOT = "/actuator/metrics";

    /** @return null if nobody tells at the address, or there is none */
    static @Nullable Metrics of(@Nullable URI management) throws InterruptedException {
        if (management == null) {
            return null;
        }
        try (var node = new PlatformClient(management, PlatformClient.FIRST_BACK_OFF)) {
            if (node.ask(ROOT).filter(PlatformClient.Answer::succeeded).isEmpty()) {
                return null;
            }
            return new Metrics(
                    value(node, "orderplatform.cache.lookups?tag=result:hit"),
                    value(node, "orderplatform.cache.lookups"),
                    value(node, "orderplatform.notifications?tag=status:sent"));
        }
    }

    /** 0 if the node has not counted anything under that name yet. */
    private static double value(PlatformClient node, String name) throws InterruptedException {
        Optional<PlatformClient.Answer> answer = node.ask(ROOT + "/" + name);
        return answer.map(it ->
                        it.body().path("measurements").path(0).path("value").asDouble(0))
                .orElse(0.0);
    }

    @Nullable
    Metrics since(@Nullable Metrics before) {
        return before == null
                ? null
                : new Metrics(
                        cacheHits - before.cacheHits,
                        cacheLookups - before.cacheLookups,
                        notificationsSent - before.notificationsSent);
    }
}
