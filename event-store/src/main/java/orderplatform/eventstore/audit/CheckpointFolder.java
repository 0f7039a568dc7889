package orderplatform.eventstore.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** SignedCheckpoints in a file, one a line, with the key that signs them: outside of the database whose log they are of. */
public final class CheckpointFolder {

    private final Path path;
    private final JsonMapper json = new JsonMapper();

    /** @param path of the folder; it need not be there before the first checkpoint is made */
    CheckpointFolder(Path path) {
        this.path = path;
    }

    /** @throws NoSuchFileException if it has no checkpoints */
    public static CheckpointFolder existing(Path path) throws NoSuchFileException {
        var folder = new CheckpointFolder(path);
        if (!Files.exists(folder.file())) {
            throw new NoSuchFileException(folder.file().toString());
        }
        return folder;
    }

    private Path file() {
        return path.resolve("checkpoints.jsonl");
    }

    /** In the order in which they were made. */
    List<SignedCheckpoint> all() throws IOException {
        if (!Files.exists(file())) {
            return List.of();
        }
        try (var lines = Files.lines(file())) {
            return lines.map(line -> json.readValue(line, SignedCheckpoint.class))
                    .toList();
        } catch (JacksonException malformed) {
            throw new IOException("no checkpoint is what %s has in a line".formatted(file()), malformed);
        }
    }

    SignedCheckpoint add(long position, byte[] hash, Instant at) throws IOException {
        Files.createDirectories(path);
        var made = CheckpointKey.of(path).sign(position, hash, at);
        Files.writeString(
                file(),
                json.writeValueAsString(made) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.SYNC);
        return made;
    }

    /** Ids of the keys whose checkpoints count here: the folder's own, and the public keys that were put beside it. */
    Set<String> trustedKeys() throws IOException {
        return Files.exists(path) ? CheckpointKey.trustedIn(path).keySet() : Set.of();
    }

    /** Positions that have a checkpoint. */
    public Set<Long> positions() throws IOException {
        return all().stream().map(SignedCheckpoint::position).collect(Collectors.toSet());
    }

    /**
     * Holds a log whose chain is whole against the checkpoints of a range.
     *
     * @param chain what the chain of hashes says; if it is broken there is nothing to add
     * @param hashAt the hash over everything up to a position that a batch ends with; none if none does
     * @return with the first checkpoint that the log does not agree with
     * @throws IOException if the folder can't be read
     */
    public LogVerdict check(LogVerdict chain, LongFunction<Optional<byte[]>> hashAt, long from, long to)
            throws IOException {
        return chain.verified() ? check(all(), chain, hashAt, from, to) : chain;
    }

    /** The same with checkpoints that were read before. */
    LogVerdict check(
            List<SignedCheckpoint> known, LogVerdict chain, LongFunction<Optional<byte[]>> hashAt, long from, long to)
            throws IOException {
        var checkpoints = known.stream()
                .filter(checkpoint -> checkpoint.position() >= from && checkpoint.position() <= to)
                .toList();
        if (!chain.verified() || checkpoints.isEmpty()) {
            return chain;
        }
        var keys = CheckpointKey.trustedIn(path);
        if (keys.isEmpty()) {
            throw new NoSuchFileException(path.toString(), null, "has no public key");
        }
        for (var checkpoint : checkpoints) {
            var objection = objection(checkpoint, keys.get(checkpoint.keyId()), hashAt);
            if (objection.isPresent()) {
                return chain.brokenAt(checkpoint.position(), objection.get());
            }
        }
        return chain;
    }

    private static Optional<String> objection(
            SignedCheckpoint checkpoint, @Nullable PublicKey key, LongFunction<Optional<byte[]>> hashAt) {
        if (key == null || !checkpoint.isSignedBy(key)) {
            return Optional.of("has a checkpoint that was not signed with a key of this folder");
        }
        var hash = hashAt.apply(checkpoint.position()).map(HexFormat.of()::formatHex);
        return hash.equals(Optional.of(checkpoint.hash()))
                ? Optional.empty()
                : Optional.of("ends a log that is not the one of the checkpoint of " + checkpoint.at());
    }
}
