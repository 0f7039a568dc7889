package orderplatform.eventstore.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orderplatform.eventstore.log.StoredFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifies a file that {@link ProofExport} wrote, without the database. Parts that follow on one another are one file. An attacker
 * can recompute the chain of a file as well as that of the log; a hash that was kept elsewhere reveals that.
 */
public final class ProofVerification {

    private static final JsonMapper JSON = new JsonMapper();

    private final Set<Long> wanted;
    private final Map<Long, byte[]> hashes = new HashMap<>();
    private @Nullable ChainWalk walk;
    private boolean isEnded;

    /** @param wanted positions whose hashes will be asked for, see {@link #hashAt} */
    public ProofVerification(Set<Long> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    /** Reads the file to its end, or to the first place that was changed. */
    public LogVerdict verify(BufferedReader file) throws IOException {
        for (var line = file.readLine(); line != null && !isBroken(); line = file.readLine()) {
            read(line);
        }
        if (!isBroken() && !isEnded) {
            breaksHere("is missing: the file ends before its end");
        }
        var read = walkFrom(0);
        return read.verdict(read.next() - 1);
    }

    /** The hash over everything up to a position; empty if no batch of the file ends there. */
    public Optional<byte[]> hashAt(long position) {
        return Optional.ofNullable(hashes.get(position));
    }

    private boolean isBroken() {
        return walk != null && walk.isBroken();
    }

    /** @param first position at which the file begins, if this is its first line */
    private ChainWalk walkFrom(long first) {
        var begun = walk == null ? new ChainWalk(first, null) : walk;
        walk = begun;
        return begun;
    }

    private void read(String text) {
        try {
            var line = JSON.readValue(text, ProofLine.class);
            if (line.event() != null) {
                add(line.event());
            } else if (line.batch() != null) {
                add(line.batch());
            } else if (line.end() != null) {
                end(line.end());
            } else {
                breaksHere("is in a line that is none of an export with its proof");
            }
        } catch (JacksonException | IllegalArgumentException malformed) {
            breaksHere("is in a line that can't be read");
        }
    }

    private void breaksHere(String what) {
        var at = walkFrom(0);
        at.breaksAt(at.next(), what);
    }

    private void add(ProofLine.Event event) {
        walkFrom(event.position()).add(event.position(), new StoredFields(event.stored()));
        isEnded = false;
    }

    private void add(ProofLine.Batch batch) {
        var at = walkFrom(batch.first());
        at.begin(batch.link());
        at.end();
        if (!at.isBroken() && wanted.contains(batch.last())) {
            hashes.put(batch.last(), at.hash());
        }
    }

    private void end(ProofLine.End end) {
        if (walk == null) {
            walk = new ChainWalk(end.position() + 1, null);
        } else if (walk.next() != walk.first()
                || end.position() != walk.next() - 1
                || !end.hash().equals(ProofLine.hex(walk.hash()))) {
            walk.breaksAt(walk.first(), "is missing with all behind it, up to " + end.position());
        }
        isEnded = true;
    }
}
