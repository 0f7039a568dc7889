package orderplatform.app.faults.load;

import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Clients that go on, at a moderate pace, until they are told to stop; each then ends what it has begun. */
public final class Load implements Closeable {

    public static final int PAUSE_MILLIS = 500;

    private static final int CLIENTS = 4;
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(4);

    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<Future<?>> clients = new ArrayList<>();
    private volatile int longestPauseMillis = PAUSE_MILLIS;
    private volatile boolean goesOn = true;

    /** @param name that no other load of the run has, for keys and ids */
    public Load(String name, Random random, Caller caller) {
        for (int i = 0; i < CLIENTS; i++) {
            var choices = new Random(random.nextLong());
            var shopper = new Shopper("%s-%d".formatted(name, i), choices, caller);
            clients.add(threads.submit(() -> {
                while (goesOn) {
                    shopper.act();
                    Thread.sleep(choices.nextInt(longestPauseMillis));
                }
                return null;
            }));
        }
    }

    public void pauseAtMost(int millis) {
        longestPauseMillis = millis;
    }

    /** Returns when all clients have ended; the first failure of any is thrown then. */
    public void stop() throws InterruptedException, ExecutionException {
        goesOn = false;
        for (var client : clients) {
            client.get();
        }
    }

    @Override
    public void close() {
        goesOn = false;
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The clients do not end");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
