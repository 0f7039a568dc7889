package orderplatform.eventstore.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orderplatform.eventstore.log.LogVerdict.Broken;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells whether a file that {@link ProofExport} wrote is as it was written, without the database. Parts that follow on one
 * another are one file. As of the log itself, whoever computes all hashes anew is given away by a hash that was kept elsewhere.
 */
public final class ProofVerification {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String NONE = "0".repeat(64);

    private final Set<Long> wanted;
    private final Map<Long, byte[]> hashes = new HashMap<>();
    private MessageDigest digest = HashChain.sha256();
    private @Nullable String hash;
    private long first = -1;
    private long next = -1;
    private long events;
    private long batches;
    private boolean isEnded;
    private @Nullable Broken broken;

    /** @param wanted positions whose hashes will be asked for, see {@link #hashAt} */
    public ProofVerification(Set<Long> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    /** Reads the file to its end, or to the first place where it is not as it was written. */
    public LogVerdict verify(BufferedReader file) throws IOException {
        for (var line = file.readLine(); line != null && broken == null; line = file.readLine()) {
            read(line);
        }
        if (broken == null && !isEnded) {
            breaksAt(Math.max(next, 0), "is missing: the file ends before its end");
        }
        return new LogVerdict(broken == null, events, batches, next - 1, broken);
    }

    /** The hash over everything up to a position that a batch of the file ends with; none where none does. */
    public Optional<byte[]> hashAt(long position) {
        return Optional.ofNullable(hashes.get(position));
    }

    private void read(String text) {
        try {
            var line = JSON.readValue(text, ProofLine.class);
            if (line.event() != null) {
                add(line.event());
            } else if (line.batch() != null) {
                end(line.batch());
            } else if (line.end() != null) {
                end(line.end());
            } else {
                breaksAt(Math.max(next, 0), "is in a line that is none of an export with its proof");
            }
        } catch (JacksonException | IllegalArgumentException malformed) {
            breaksAt(Math.max(next, 0), "is in a line that can't be read");
        }
    }

    private void add(ProofLine.Event event) {
        if (next < 0) {
            first = event.position();
            next = first;
        }
        if (event.position() != next) {
            breaksAt(next, "is missing");
            return;
        }
        digest.update(HashChain.canonical(event.stored()));
        isEnded = false;
        events++;
        next++;
    }

    private void end(ProofLine.Batch batch) {
        var before = hash == null ? batch.first() == 0 ? NONE : batch.previousHash() : hash;
        if (next < 0 || batch.first() != first) {
            breaksAt(Math.max(first, 0), "begins no batch");
        } else if (batch.last() != next - 1) {
            breaksAt(next, batch.last() < next ? "is in no batch" : "is missing");
        } else if (!batch.previousHash().equals(before)) {
            breaksAt(first, "begins a batch that does not follow from the one before it");
        } else {
            var found = HashChain.next(HexFormat.of().parseHex(before), first, batch.last(), digest.digest());
            if (ProofLine.hex(found).equals(batch.hash())) {
                isWhole(batch, found);
            } else {
                breaksAt(first, "begins a batch, up to %d, that is not as it was written".formatted(batch.last()));
            }
        }
    }

    private void isWhole(ProofLine.Batch batch, byte[] found) {
        hash = batch.hash();
        first = next;
        batches++;
        if (wanted.contains(batch.last())) {
            hashes.put(batch.last(), found);
        }
    }

    private void end(ProofLine.End end) {
        if (next >= 0
                && (next != first || end.position() != next - 1 || !end.hash().equals(hash))) {
            breaksAt(first, "is missing with all behind it, up to " + end.position());
        } else {
            next = end.position() + 1;
            first = next;
            isEnded = true;
        }
    }

    private void breaksAt(long position, String what) {
        broken = new Broken(position, what);
    }
}
