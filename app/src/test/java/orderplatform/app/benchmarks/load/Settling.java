package orderplatform.app.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import orderplatform.app.benchmarks.process.Connection;

/** Waiting until a platform has done what it was asked for. */
interface Settling {

    /** In the order in which an order goes through them. */
    List<String> UNSETTLED = List.of("PLACED", "AWAITING_STOCK", "AWAITING_PAYMENT");

    Duration SETTLED_WITHIN = Duration.ofMinutes(5);
    Duration QUIET = Duration.ofMillis(500);
    Duration POLL = Duration.ofMillis(100);

    /** Orders only move forward, so one look at each status in this order misses none. */
    static void awaitSettled(Connection connection, long position) throws IOException, InterruptedException {
        var until = System.nanoTime() + SETTLED_WITHIN.toNanos();
        while (isAnyUnsettled(connection, position)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("Not every order is settled within " + SETTLED_WITHIN);
            }
            Thread.sleep(POLL);
        }
    }

    private static boolean isAnyUnsettled(Connection connection, long position) throws IOException {
        for (var status : UNSETTLED) {
            if (isAnyIn(status, connection, position)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAnyIn(String status, Connection connection, long position) throws IOException {
        var path = "/api/orders?limit=1&status=" + status;
        var answer = connection.get(path, "Consistency-Token", String.valueOf(position));
        return answer.status() == 503
                || !answer.expect(200).json().path("items").isEmpty();
    }

    static void awaitQuiet(Connection connection) throws IOException, InterruptedException {
        var until = System.nanoTime() + SETTLED_WITHIN.toNanos();
        var seen = "";
        for (var now = progress(connection); !now.equals(seen); now = progress(connection)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("The platform does not come to rest: " + now);
            }
            seen = now;
            Thread.sleep(QUIET);
        }
    }

    /** The head of the log if every reader has reached it, else something that is always new. */
    private static String progress(Connection connection) throws IOException {
        var readers = connection.get("/api/projections").expect(200).json();
        boolean done = StreamSupport.stream(readers.spliterator(), false)
                .allMatch(reader -> reader.path("lag").asLong() == 0);
        return done ? "at " + readers.get(0).path("head") : System.nanoTime() + " " + readers;
    }
}
