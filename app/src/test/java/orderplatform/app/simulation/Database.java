package orderplatform.app.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Transactions as PostgreSQL has them, on tables in memory: what a transaction writes is seen by others when it commits,
 * or never; who writes a table waits until nobody else does, which is stricter than locks of rows. A transaction whose
 * machine is silent for too long is rolled back, as by {@code idle_in_transaction_session_timeout}.
 */
public final class Database {

    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Scheduler scheduler;
    private final Faults faults;
    private final Map<Object, Session> sessions = new HashMap<>();
    private final Map<String, Session> writers = new HashMap<>();

    Database(Scheduler scheduler, Faults faults) {
        this.scheduler = scheduler;
        this.faults = faults;
    }

    private final class Session implements Transaction {

        private final Object owner = scheduler.self();
        private final @Nullable Machine machine = scheduler.machine();
        private final List<Runnable> effects = new ArrayList<>();
        private long heardAt = scheduler.nanoTime();
        private boolean broken;

        boolean isGone() {
            return broken || machine != null && machine.isDead();
        }

        boolean isSilent() {
            return scheduler.nanoTime() - heardAt > SILENCE.toNanos();
        }

        @Override
        public void commit() {
            try {
                if (effects.isEmpty()) {
                    return;
                }
                scheduler.step("commit");
                if (broken || faults.strikes(Fault.COMMIT_REFUSED)) {
                    throw failure("Rolled back");
                }
                effects.forEach(Runnable::run);
            } finally {
                end();
            }
            if (faults.strikes(Fault.ANSWER_LOST)) {
                scheduler.trace("no answer to the commit");
                throw failure("No answer to the commit");
            }
            scheduler.step("committed");
        }

        @Override
        public void rollback() {
            end();
        }

        private void end() {
            broken = true;
            sessions.remove(owner, this);
            writers.values().removeIf(this::equals);
        }
    }

    private static RuntimeException failure(String what) {
        return new DataAccessResourceFailureException(what);
    }

    public TransactionManager transactions() {
        return () -> {
            var outer = sessions.get(scheduler.self());
            return outer == null ? begin() : new Joined(outer);
        };
    }

    private Session begin() {
        var session = new Session();
        sessions.put(session.owner, session);
        return session;
    }

    private record Joined(Session outer) implements Transaction {

        @Override
        public void commit() {}

        @Override
        public void rollback() {
            outer.broken = true;
        }
    }

    /** A statement that reads what is committed. */
    public <T> T read(String statement, Supplier<T> rows) {
        reach(statement);
        return rows.get();
    }

    private void reach(String statement) {
        scheduler.step(statement);
        if (faults.strikes(Fault.UNREACHABLE)) {
            scheduler.trace("database out of reach");
            throw failure("Out of reach: " + statement);
        }
        var session = sessions.get(scheduler.self());
        if (session != null) {
            session.heardAt = scheduler.nanoTime();
        }
    }

    /** A writer has the table alone until its transaction ends; without one, until it gives way. */
    public void lock(String table, String statement) {
        reach(statement);
        var session = sessions.get(scheduler.self());
        while (!scheduler.await(() -> isFree(table, session), LOOK_AGAIN)) {
            scheduler.trace("waits for " + table);
        }
        if (session != null) {
            var silent = writers.put(table, session);
            if (silent != null && silent != session) {
                silent.broken = true;
            }
            session.heardAt = scheduler.nanoTime();
        }
    }

    private boolean isFree(String table, @Nullable Session session) {
        var writer = writers.get(table);
        return writer == null || writer == session || writer.isGone() || writer.isSilent();
    }

    /** Takes effect when the transaction of the running thread commits, or at once if there is none. */
    public void write(Runnable effect) {
        var session = sessions.get(scheduler.self());
        if (session == null) {
            effect.run();
        } else if (session.broken) {
            throw failure("The transaction was rolled back");
        } else {
            session.effects.add(effect);
        }
    }
}
