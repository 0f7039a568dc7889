package orderplatform.app.benchmarks.byhand;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Asynchronous calls to the payment provider, each repeated with its key until it is answered. */
final class Payments {

    private static final int THREADS = 2;
    private static final Executor LATER = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();
    private final String root;

    Payments(String url) {
        root = url + "/payments/";
    }

    /** @param next is run once the provider has approved the step */
    void call(Order order, String step, Runnable next) {
        threads.execute(() -> send(order, step, next));
    }

    private void send(Order order, String step, Runnable next) {
        var request = HttpRequest.newBuilder(URI.create(root + order.paymentId() + "/" + step))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", order.paymentId() + "-" + step)
                .PUT(BodyPublishers.ofString("{\"amount\":" + order.total() + ",\"currency\":\""
                        + order.body().currency() + "\",\"customerId\":\""
                        + order.body().customerId() + "\"}"))
                .build();
        client.sendAsync(request, BodyHandlers.ofString()).whenComplete((answer, failure) -> {
            if (failure == null && isApproved(answer)) {
                next.run();
            } else {
                LATER.execute(() -> send(order, step, next));
            }
        });
    }

    private static boolean isApproved(HttpResponse<String> answer) {
        return answer.statusCode() == 200 && answer.body().contains("\"status\":\"approved\"");
    }
}
