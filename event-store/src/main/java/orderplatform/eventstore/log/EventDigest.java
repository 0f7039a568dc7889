package orderplatform.eventstore.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.UUID;
import orderplatform.eventstore.Sha256;

/**
 * The digest of a batch's events: the SHA-256 over every field of every event but its position, texts and ids led by their
 * length. The digest can be taken before the append holds the lock at the tail. Not thread-safe.
 */
public final class EventDigest {

    private static final int INITIAL_ROOM_BYTES = 8_192;

    /** Of an id as a text. */
    private static final int ID_LENGTH = 36;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest sha256 = Sha256.digest();
    private ByteBuffer room = ByteBuffer.allocate(INITIAL_ROOM_BYTES);

    /** @param events in the order in which they are appended */
    public static byte[] of(List<StoredEvent> events) {
        var digest = new EventDigest();
        events.forEach(event -> digest.add(new StoredFields(event)));
        return digest.end();
    }

    public void add(EventFields event) {
        int most = event.size() + Integer.BYTES + ID_LENGTH;
        if (room.capacity() < most) {
            room = ByteBuffer.allocate(2 * most);
        }
        room.clear();
        event.putText(room);
        room.putLong(event.nextLong());
        putId(event.nextId());
        event.putText(room);
        event.putText(room);
        event.putText(room);
        room.putLong(event.nextMicros());
        event.putText(room);
        event.putText(room);
        sha256.update(room.array(), 0, room.position());
    }

    /** The digest of all events since the last end. */
    public byte[] end() {
        return sha256.digest();
    }

    /** As {@link UUID#toString} writes it, without making a text of it. */
    private void putId(UUID id) {
        room.putInt(ID_LENGTH);
        putHex(id.getMostSignificantBits() >>> 32, 8);
        room.put((byte) '-');
        putHex(id.getMostSignificantBits() >>> 16, 4);
        room.put((byte) '-');
        putHex(id.getMostSignificantBits(), 4);
        room.put((byte) '-');
        putHex(id.getLeastSignificantBits() >>> 48, 4);
        room.put((byte) '-');
        putHex(id.getLeastSignificantBits(), 12);
    }

    private void putHex(long value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            room.put(HEX[(int) (value >>> shift) & 0xf]);
        }
    }
}
