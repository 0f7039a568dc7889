package orderplatform.eventstore.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import orderplatform.eventstore.log.StoredEvent;
import org.jspecify.annotations.Nullable;

/** A line of an export that can be verified: one of the three. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProofLine(
        @Nullable Event event,
        @Nullable Batch batch,
        @Nullable End end) {

    /** Exactly what the chain of hashes is over: payload and metadata are the texts that were written. */
    record Event(
            long position,
            String stream,
            long version,
            UUID id,
            String type,
            @Nullable String revision,
            @Nullable String streamType,
            Instant recordedAt,
            String payload,
            String metadata) {

        static Event of(StoredEvent event) {
            return new Event(
                    event.position(),
                    event.stream(),
                    event.version(),
                    event.id(),
                    event.type(),
                    event.revision(),
                    event.streamType(),
                    event.recordedAt(),
                    event.payload(),
                    event.metadata());
        }

        StoredEvent stored() {
            return new StoredEvent(
                    position, stream, version, id, type, revision, streamType, recordedAt, payload, metadata);
        }
    }

    /**
     * Behind the last event of a batch.
     *
     * @param first position
     * @param last position
     * @param previousHash in hexadecimal
     * @param hash in hexadecimal
     */
    record Batch(long first, long last, String previousHash, String hash, Instant at, String node) {

        /** @throws IllegalArgumentException if a hash is none */
        ChainWalk.Batch link() {
            return new ChainWalk.Batch(
                    first,
                    last,
                    HexFormat.of().parseHex(previousHash),
                    HexFormat.of().parseHex(hash));
        }
    }

    /**
     * Follows the last batch, so that a file which was cut off shows it.
     *
     * @param position of the last event
     * @param hash of the last batch, in hexadecimal
     */
    record End(long position, String hash) {}

    /** @param hash null if there is none, which is an empty text */
    static String hex(byte @Nullable [] hash) {
        return hash == null ? "" : HexFormat.of().formatHex(hash);
    }
}
