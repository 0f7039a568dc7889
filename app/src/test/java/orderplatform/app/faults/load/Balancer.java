package orderplatform.app.faults.load;

import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import orderplatform.app.faults.stand.Stand;

/** Customers who come to the nodes that are ready, as through a load balancer, and ask each thing once. */
public final class Balancer implements Closeable {

    private static final int CUSTOMERS = 2;
    private static final Duration LOOKS_EVERY = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofMillis(150);
    private static final int CREATED = 201;

    private final Caller caller;
    private final String name;
    private final ExecutorService threads = Executors.newFixedThreadPool(CUSTOMERS + 1);
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile List<Integer> ready =
            IntStream.range(0, Stand.NODES).boxed().toList();
    private volatile boolean goesOn = true;

    /** @param name that no other one of the run has, for keys and ids */
    public Balancer(String name, Random random, Caller caller) {
        this.name = name;
        this.caller = caller;
        threads.submit(() -> untilTheEnd(this::look, LOOKS_EVERY));
        for (int i = 0; i < CUSTOMERS; i++) {
            var choices = new Random(random.nextLong());
            threads.submit(() -> untilTheEnd(() -> buy(choices), PAUSE));
        }
    }

    private interface Step {
        void take() throws InterruptedException;
    }

    private Void untilTheEnd(Step step, Duration pause) throws InterruptedException {
        while (goesOn) {
            step.take();
            Thread.sleep(pause);
        }
        return null;
    }

    private void look() throws InterruptedException {
        for (int node = 0; node < Stand.NODES; node++) {
            boolean isReady = caller.isReady(node);
            int looked = node;
            ready = IntStream.range(0, Stand.NODES)
                    .filter(each -> each == looked ? isReady : ready.contains(each))
                    .boxed()
                    .toList();
        }
    }

    private void buy(Random random) throws InterruptedException {
        var nodes = ready;
        if (nodes.isEmpty()) {
            failed.incrementAndGet();
            return;
        }
        var id = "order-%s-%d".formatted(name, made.incrementAndGet());
        var answer = caller.post(
                nodes.get(random.nextInt(nodes.size())),
                "/api/orders",
                Map.of("Idempotency-Key", id),
                Shopper.onePiece(id, "", Assortment.plentiful(random)));
        if (answer.filter(it -> it.status() == CREATED).isEmpty()) {
            failed.incrementAndGet();
        }
    }

    public int asked() {
        return made.get();
    }

    /** What was not answered, or not as it should have been. */
    public int failed() {
        return failed.get();
    }

    @Override
    public void close() {
        goesOn = false;
        threads.shutdown();
        try {
            threads.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException stop) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
