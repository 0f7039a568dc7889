package orderplatform.app.faults.checker.trace;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the traces of a run are.
 *
 * @param history what clients asked and were answered, and which faults began when: lines of JSON
 * @param published positions and ids of the events that came out of the broker: lines of JSON
 * @param ledger the payment provider's books: lines of JSON
 * @param mails what the mail server has taken until now, oldest first
 * @param database the platform's, as a role that may read everything
 * @param nodes that answer queries
 * @param viewsLiveFor how long a view may be out of date that is asked for without a token
 */
public record Evidence(
        Path history,
        Path published,
        Path ledger,
        Supplier<List<Mail>> mails,
        Database database,
        List<URI> nodes,
        Duration viewsLiveFor) {

    /** An e-mail that the mail server took. */
    public record Mail(String messageId, Instant at) {}

    public record Database(String url, String user, String password) {}
}
