package orderplatform.eventstore.audit;

import java.nio.ByteBuffer;
import orderplatform.eventstore.Sha256;

/** How batches are chained: the hash of a batch is over the hash of the batch before, both positions, and the digest of its events. */
interface HashChain {

    /** The hash before the first batch. */
    byte[] START = new byte[32];

    /** The hash of a batch, as the append computes it in the database. */
    static byte[] next(byte[] previous, long firstPosition, long lastPosition, byte[] digest) {
        var sha256 = Sha256.digest();
        sha256.update(previous);
        sha256.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(firstPosition)
                .putLong(lastPosition)
                .array());
        return sha256.digest(digest);
    }
}
