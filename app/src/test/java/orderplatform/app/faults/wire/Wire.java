package orderplatform.app.faults.wire;

import java.nio.ByteBuffer;

/** A connection's protocol: what the node says, and what it is answered. */
public interface Wire {

    /** One that nobody listens to. */
    Wire UNKNOWN = new Wire() {
        @Override
        public Framer questions() {
            return new Noise();
        }

        @Override
        public Framer answers() {
            return new Noise();
        }
    };

    Framer questions();

    Framer answers();

    /** A single message without an end. */
    final class Noise extends Framer {

        @Override
        int headerLength() {
            return 1;
        }

        @Override
        long length(ByteBuffer head) {
            return Long.MAX_VALUE;
        }

        @Override
        String name(ByteBuffer head) {
            return "";
        }
    }
}
