package orderplatform.app.faults.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** HTTP 1.1 as far as a step of a payment is concerned, which the node sends, and is answered, in packets of its own. */
public final class HttpWire implements Wire {

    /** A step is about to be called for. */
    public static final String CALL = "call";

    /** It is done, and the node is about to hear it. */
    public static final String ANSWER = "answer";

    @Override
    public Framer questions() {
        return new Beginning("PUT ", CALL);
    }

    @Override
    public Framer answers() {
        return new Beginning("HTTP/1.1 2", ANSWER);
    }

    /** Names what begins with a text. */
    private static final class Beginning extends Framer {

        private final byte[] text;
        private final String name;

        Beginning(String text, String name) {
            this.text = text.getBytes(StandardCharsets.US_ASCII);
            this.name = name;
        }

        @Override
        List<Named> feed(byte[] bytes, int count) {
            boolean begins = count >= text.length
                    && ByteBuffer.wrap(bytes, 0, text.length).equals(ByteBuffer.wrap(text));
            return begins ? List.of(new Named(name, 0)) : List.of();
        }

        @Override
        int headerLength() {
            return text.length;
        }

        @Override
        long length(ByteBuffer head) {
            return text.length;
        }

        @Override
        String name(ByteBuffer head) {
            return name;
        }
    }
}
