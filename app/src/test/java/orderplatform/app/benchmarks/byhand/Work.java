package orderplatform.app.benchmarks.byhand;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** What waits for the next commit. */
sealed interface Work {

    /** First phase: the order, its stock, and the request for its payment. */
    record Place(Order order) implements Work {}

    /** Second phase: the provider has authorised, {@code cause} is the event that asked for it. */
    record Settle(Order order, UUID cause) implements Work {}

    /** Third phase: the provider has captured. */
    record Capture(Order order, UUID cause) implements Work {}

    record Receive(String sku, long quantity, CompletableFuture<Order.Answer> answer) implements Work {}
}
