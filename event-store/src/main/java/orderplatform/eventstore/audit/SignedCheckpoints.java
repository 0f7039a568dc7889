package orderplatform.eventstore.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Signed checkpoints of the log: made while its chain is whole, kept in a folder, and shown to all nodes. */
public final class SignedCheckpoints {

    private final LogVerification log;
    private final CheckpointFolder folder;
    private final CheckpointTable table;

    /** @param folder of the checkpoints and of the key that signs them */
    public SignedCheckpoints(LogVerification log, Path folder, JdbcClient database) {
        this.log = log;
        this.folder = new CheckpointFolder(folder);
        this.table = new CheckpointTable(database);
    }

    /** The log was changed: there is nothing to sign. */
    public static final class LogChanged extends RuntimeException {

        private static final long serialVersionUID = 1;

        LogChanged(LogVerdict.Broken broken) {
            super("Position %d %s".formatted(broken.position(), broken.what()));
        }
    }

    /** The newest of all nodes, oldest first. */
    public List<SignedCheckpoint> newest(int limit) {
        return table.newest(limit);
    }

    /** Shows the other nodes what this one has signed, also if the database was not there then. */
    void publish() throws IOException {
        var shown = Set.copyOf(table.signedWith(folder.trustedKeys()));
        folder.all().stream().filter(made -> !shown.contains(made)).forEach(table::add);
    }

    /** Verifies a range by the chain of hashes, and by the checkpoints that a key signed which this node trusts. */
    public LogVerdict verify(long from, long to) throws IOException {
        return folder.check(trusted(), log.verify(from, to, position -> {}), log::hashAt, from, to);
    }

    private List<SignedCheckpoint> trusted() throws IOException {
        return Stream.concat(folder.all().stream(), table.signedWith(folder.trustedKeys()).stream())
                .distinct()
                .toList();
    }

    /**
     * Verifies the log on from the last checkpoint, and signs its end.
     *
     * @return the last checkpoint if nothing was appended since; empty for an empty log
     * @throws LogChanged if the log was changed
     */
    public synchronized Optional<SignedCheckpoint> make() throws IOException {
        var known = folder.all();
        var last = known.stream().max(Comparator.comparingLong(SignedCheckpoint::position));
        long signed = last.map(SignedCheckpoint::position).orElse(-1L);
        long head = log.head();
        if (head == signed) {
            return last;
        }
        long from = Math.max(signed, 0);
        long to = Math.max(signed, head);
        var broken = folder.check(known, log.verify(from, to, position -> {}), log::hashAt, from, to)
                .firstBroken();
        if (broken != null) {
            throw new LogChanged(broken);
        }
        var made = folder.add(head, log.hashAt(head).orElseThrow(), Instant.now());
        table.add(made);
        return Optional.of(made);
    }
}
