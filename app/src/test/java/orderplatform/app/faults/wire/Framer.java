package orderplatform.app.faults.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Cuts what passes in one direction of a connection into messages, and names them by how they begin. */
abstract class Framer {

    /** Bytes of a message that are looked at. */
    private static final int HEAD = 512;

    private final byte[] head = new byte[HEAD];
    private long length = Long.MAX_VALUE;
    private long seen;

    /** @param start of the message in the bytes that were fed; 0 if it began in earlier ones */
    record Named(String name, int start) {}

    /** The messages that are recognised by these bytes, in order. */
    List<Named> feed(byte[] bytes, int count) {
        var found = new ArrayList<Named>();
        for (int i = 0; i < count; i++) {
            if (seen < HEAD) {
                head[(int) seen] = bytes[i];
            }
            seen++;
            if (seen == headerLength()) {
                length = length(ByteBuffer.wrap(head));
            }
            if (seen == Math.min(length, HEAD)) {
                found.add(new Named(name(ByteBuffer.wrap(head, 0, (int) seen)), (int) Math.max(0, i + 1 - seen)));
            }
            if (seen == length) {
                seen = 0;
                length = Long.MAX_VALUE;
            }
        }
        return found;
    }

    /** Bytes that tell the length of the message which begins. */
    abstract int headerLength();

    /** Of the whole message in bytes, at least {@link #headerLength}. */
    abstract long length(ByteBuffer head);

    /** Empty for those that nobody asks for. */
    abstract String name(ByteBuffer head);
}
