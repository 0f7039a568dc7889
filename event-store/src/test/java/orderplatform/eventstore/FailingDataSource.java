package orderplatform.eventstore;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Loses connections between any two statements: before a statement is sent, or after it was done and before its answer
 * arrives.
 */
public final class FailingDataSource extends DelegatingDataSource {

    private final Random random;
    private final double rate;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean failing;

    public FailingDataSource(DataSource target, Random random, double rate) {
        super(target);
        this.random = random;
        this.rate = rate;
    }

    public int failures() {
        return failures.get();
    }

    public void fail() {
        failing = true;
    }

    public void heal() {
        failing = false;
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        return proxy(Connection.class, connection, connection);
    }

    private <T> T proxy(Class<T> type, T target, Connection connection) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            var reachesTheServer =
                    method.getName().startsWith("execute") || method.getName().equals("commit");
            var before = reachesTheServer && fails();
            if (before) {
                lose(connection);
            }
            Object result;
            try {
                result = method.invoke(target, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (reachesTheServer && fails()) {
                lose(connection);
            }
            return result instanceof PreparedStatement statement
                    ? proxy(PreparedStatement.class, statement, connection)
                    : result;
        }));
    }

    private boolean fails() {
        synchronized (random) {
            return failing && random.nextDouble() < rate;
        }
    }

    private void lose(Connection connection) throws SQLException {
        failures.incrementAndGet();
        connection.abort(Runnable::run);
        throw new SQLException("lost", "08006");
    }
}
