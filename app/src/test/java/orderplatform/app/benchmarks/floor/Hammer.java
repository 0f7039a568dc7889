package orderplatform.app.benchmarks.floor;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import orderplatform.app.benchmarks.process.Database;

/** Repeats a transaction as often as PostgreSQL can do it. */
interface Hammer {

    List<Integer> THREADS = List.of(1, 2, 4, 8, 16, 32);

    /** One transaction on a connection, prepared. */
    @FunctionalInterface
    interface Blow {
        void strike() throws SQLException;
    }

    @FunctionalInterface
    interface Preparation {
        Blow prepare(Connection connection) throws SQLException;
    }

    /** Transactions per second with the number of threads that does most. */
    static double best(Database database, Duration each, Preparation preparation) throws Exception {
        double best = 0;
        for (int threads : THREADS) {
            best = Math.max(best, perSecond(database, threads, each, preparation));
        }
        return best;
    }

    static double perSecond(Database database, int threads, Duration time, Preparation preparation) throws Exception {
        var start = System.nanoTime();
        var until = start + time.toNanos();
        long done = 0;
        try (var pool = Executors.newFixedThreadPool(threads)) {
            List<Callable<Long>> work = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                work.add(() -> strike(database, until, preparation));
            }
            for (var thread : pool.invokeAll(work)) {
                done += thread.get();
            }
        }
        return done / ((System.nanoTime() - start) / 1e9);
    }

    private static long strike(Database database, long until, Preparation preparation) throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            var blow = preparation.prepare(connection);
            long done = 0;
            while (System.nanoTime() < until) {
                blow.strike();
                connection.commit();
                done++;
            }
            return done;
        }
    }
}
