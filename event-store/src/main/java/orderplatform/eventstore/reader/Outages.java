package orderplatform.eventstore.reader;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import orderplatform.eventstore.commit.LaneFull;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Failures that say nothing of the event that was handled: something is gone, full, slow or was faster. */
public final class Outages {

    private static final int DEEPEST_CAUSE = 20;

    private static final List<Class<? extends Throwable>> KNOWN = List.of(
            TransientDataAccessException.class,
            RecoverableDataAccessException.class,
            NonTransientDataAccessResourceException.class,
            CannotCreateTransactionException.class,
            SQLTransientException.class,
            SQLRecoverableException.class,
            SQLNonTransientConnectionException.class,
            IOException.class,
            TimeoutException.class,
            InterruptedException.class,
            ConcurrencyException.class,
            UnableToClaimTokenException.class,
            LaneFull.class);

    /**
     * Classes of SQLSTATE: the connection, another transaction, the server's resources, its operator, its system. Hibernate has no exception
     * of its own for most of them. <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Source</a>
     */
    private static final Set<String> SQL_STATES = Set.of("08", "40", "53", "57", "58");

    private Outages() {}

    /** @param others that mean the same to the application */
    @SafeVarargs
    public static Predicate<Throwable> or(Class<? extends Throwable>... others) {
        var outages = Stream.concat(KNOWN.stream(), Stream.of(others)).toList();
        return failure -> Stream.iterate(failure, it -> it != null, Throwable::getCause)
                .limit(DEEPEST_CAUSE)
                .anyMatch(cause -> outages.stream().anyMatch(type -> type.isInstance(cause)) || isOfServer(cause));
    }

    /** Without a state it is the pool that speaks, of a connection which it has closed: a failed rollback says so, and hides its cause. */
    private static boolean isOfServer(Throwable cause) {
        return cause instanceof SQLException failure
                && (failure.getSQLState() == null || SQL_STATES.stream().anyMatch(failure.getSQLState()::startsWith));
    }
}
