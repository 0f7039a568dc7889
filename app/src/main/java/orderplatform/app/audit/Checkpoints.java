package orderplatform.app.audit;

import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import orderplatform.eventstore.log.LogVerdict;
import orderplatform.eventstore.log.LogVerification;

/** Makes checkpoints of the log as far as it is whole. */
class Checkpoints {

    private final LogVerification log;
    private final CheckpointFolder folder;

    Checkpoints(LogVerification log, CheckpointFolder folder) {
        this.log = log;
        this.folder = folder;
    }

    /** The log is not as it was written: there is nothing to sign. */
    static class LogChanged extends RuntimeException {

        private static final long serialVersionUID = 1;

        LogChanged(LogVerdict.Broken broken) {
            super("Position %d %s".formatted(broken.position(), broken.what()));
        }
    }

    /** The newest ones, oldest first. */
    List<Checkpoint> newest(int limit) throws IOException {
        var all = folder.all();
        return all.subList(Math.max(0, all.size() - limit), all.size());
    }

    /** What the chain of hashes, and the checkpoints, say of a range. */
    LogVerdict verify(long from, long to) throws IOException {
        return folder.check(log.verify(from, to, position -> {}), log::hashAt, from, to);
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
        return Optional.of(folder.add(head, log.hashAt(head).orElseThrow(), Instant.now()));
    }
}
