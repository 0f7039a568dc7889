package orderplatform.app.audit;

import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import orderplatform.eventstore.log.LogVerdict;
import orderplatform.eventstore.log.LogVerification;

/** Makes checkpoints of the log as far as it is whole. */
class Checkpoints {

    private final LogVerification log;
    private final CheckpointFolder folder;
    private final CheckpointTable table;

    Checkpoints(LogVerification log, CheckpointFolder folder, CheckpointTable table) {
        this.log = log;
        this.folder = folder;
        this.table = table;
    }

    /** The log is not as it was written: there is nothing to sign. */
    static class LogChanged extends RuntimeException {

        private static final long serialVersionUID = 1;

        LogChanged(LogVerdict.Broken broken) {
            super("Position %d %s".formatted(broken.position(), broken.what()));
        }
    }

    /** The newest of all nodes, oldest first. */
    List<Checkpoint> newest(int limit) {
        return table.newest(limit);
    }

    /** Shows the other nodes what this one has signed, also if the database was not there then. */
    void publish() throws IOException {
        var shown = Set.copyOf(table.signedWith(folder.trustedKeys()));
        folder.all().stream().filter(made -> !shown.contains(made)).forEach(table::add);
    }

    /** What the chain of hashes says of a range, and what the checkpoints do whose keys this node trusts. */
    LogVerdict verify(long from, long to) throws IOException {
        return folder.check(trusted(), log.verify(from, to, position -> {}), log::hashAt, from, to);
    }

    private List<Checkpoint> trusted() throws IOException {
        return Stream.concat(folder.all().stream(), table.signedWith(folder.trustedKeys()).stream())
                .distinct()
                .toList();
    }

    /**
     * Verifies the log on from the last checkpoint, and signs its end.
     *
     * @return the last one again where nothing has come since; none of an empty log
     * @throws LogChanged where the log is not as it was written
     */
    synchronized Optional<Checkpoint> make() throws IOException {
        var known = folder.all();
        var last = known.stream().max(Comparator.comparingLong(Checkpoint::position));
        long signed = last.map(Checkpoint::position).orElse(-1L);
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
