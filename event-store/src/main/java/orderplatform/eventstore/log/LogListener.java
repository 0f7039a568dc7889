package orderplatform.eventstore.log;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears on a connection of its own what other nodes commit. Without it, the tail is looked at once a second. */
class LogListener {

    private static final Duration RECONNECT_BACK_OFF = Duration.ofSeconds(1);
    private static final int WAIT_MILLIS = 200;
    private static final Logger LOG = LoggerFactory.getLogger(LogListener.class);

    private final DataSource dataSource;
    private final String node;
    private final LogTail tail;
    private volatile boolean stopped;
    private @Nullable Thread thread;

    LogListener(DataSource dataSource, String node, LogTail tail) {
        this.dataSource = dataSource;
        this.node = node;
        this.tail = tail;
    }

    void start() {
        thread = Thread.ofPlatform().daemon().name("log-listener").start(this::run);
    }

    void stop() throws InterruptedException {
        stopped = true;
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
    }

    private void run() {
        while (!stopped) {
            try (var listening = dataSource.getConnection();
                    var statement = listening.createStatement()) {
                statement.execute("LISTEN event_log");
                var notifications = listening.unwrap(PGConnection.class);
                while (!stopped) {
                    for (var notification : notifications.getNotifications(WAIT_MILLIS)) {
                        hear(notification);
                    }
                }
            } catch (SQLException | RuntimeException | Error lost) {
                pause(lost);
            }
        }
    }

    private void hear(PGNotification notification) {
        var parameter = notification.getParameter();
        var space = parameter.indexOf(' ');
        if (!parameter.substring(space + 1).equals(node)) {
            tail.tell(Long.parseLong(parameter.substring(0, space)));
        }
    }

    private void pause(Throwable lost) {
        if (stopped) {
            return;
        }
        LOG.warn("Not told of other nodes' events: {}", lost.toString());
        try {
            Thread.sleep(RECONNECT_BACK_OFF);
        } catch (InterruptedException stop) {
            stopped = true;
        }
    }
}
