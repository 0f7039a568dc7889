package orderplatform.app.faults.wire;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** PostgreSQL's protocol, version 3, as far as appends to the log are concerned. */
public final class PostgresWire implements Wire {

    /** The events are about to be appended. */
    public static final String APPEND = "append";

    /** They are appended, and about to be committed. */
    public static final String COMMIT = "commit";

    /** They are committed, and the node is about to hear it. */
    public static final String COMMITTED = "committed";

    /** Type and length, which counts itself but not the type. */
    private static final int HEADER = 5;

    /** Requests for encryption are answered by a byte without a header. */
    private final AtomicInteger bareAnswers = new AtomicInteger();

    private volatile boolean appending;

    @Override
    public Framer questions() {
        return new Questions();
    }

    @Override
    public Framer answers() {
        return new Answers();
    }

    /** The text up to the next zero. */
    private static String text(ByteBuffer head) {
        var text = new StringBuilder();
        while (head.hasRemaining()) {
            byte next = head.get();
            if (next == 0) {
                break;
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private final class Questions extends Framer {

        private static final int ENCRYPTION_REQUEST = 8;

        private final Map<String, String> prepared = new HashMap<>();
        private boolean started;

        @Override
        int headerLength() {
            return HEADER;
        }

        @Override
        long length(ByteBuffer head) {
            if (started) {
                return 1L + head.getInt(1);
            }
            int length = head.getInt(0);
            if (length == ENCRYPTION_REQUEST) {
                bareAnswers.incrementAndGet();
            } else {
                started = true;
            }
            return length;
        }

        @Override
        String name(ByteBuffer head) {
            byte type = head.get(0);
            head.position(HEADER);
            return switch (type) {
                case 'P' -> prepare(text(head), text(head));
                case 'B' -> run(text(head), text(head));
                default -> "";
            };
        }

        private String prepare(String name, String sql) {
            prepared.put(name, statement(sql));
            return "";
        }

        private String run(String portal, String name) {
            var statement = prepared.getOrDefault(name, "");
            if (statement.equals(COMMIT)) {
                return appending ? COMMIT : "";
            }
            appending |= statement.equals(APPEND);
            return statement;
        }

        private static String statement(String sql) {
            if (sql.contains("event_log.append(")) {
                return APPEND;
            }
            return sql.equals("COMMIT") ? COMMIT : "";
        }
    }

    private final class Answers extends Framer {

        @Override
        int headerLength() {
            return bareAnswers.get() > 0 ? 1 : HEADER;
        }

        @Override
        long length(ByteBuffer head) {
            return bareAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? 1 : 1L + head.getInt(1);
        }

        @Override
        String name(ByteBuffer head) {
            if (head.get(0) != 'C') {
                return "";
            }
            head.position(HEADER);
            var done = text(head);
            boolean committed = appending && done.equals("COMMIT");
            appending &= !done.equals("COMMIT") && !done.equals("ROLLBACK");
            return committed ? COMMITTED : "";
        }
    }
}
