package orderplatform.app.faults.wire;

import java.nio.ByteBuffer;

/** AMQP 0-9-1, as far as messages are published, confirmed and acknowledged. */
public final class AmqpWire implements Wire {

    public static final String PUBLISH = "publish";
    public static final String CONFIRM = "confirm";
    public static final String ACK = "ack";

    @Override
    public Framer questions() {
        return new Frames(ACK, "AMQP0091".length());
    }

    @Override
    public Framer answers() {
        return new Frames(CONFIRM, 0);
    }

    private static final class Frames extends Framer {

        /** Type, channel and size come before the payload, one byte after it. */
        private static final int HEADER = 7;

        private static final int END = 1;
        private static final byte METHOD = 1;
        private static final short BASIC = 60;
        private static final short BASIC_PUBLISH = 40;
        private static final short BASIC_ACK = 80;

        private final String acknowledgement;
        private int greeting;

        Frames(String acknowledgement, int greeting) {
            this.acknowledgement = acknowledgement;
            this.greeting = greeting;
        }

        @Override
        int headerLength() {
            return HEADER;
        }

        @Override
        long length(ByteBuffer head) {
            int length = greeting > 0 ? greeting : HEADER + head.getInt(3) + END;
            greeting = 0;
            return length;
        }

        @Override
        String name(ByteBuffer head) {
            if (head.get(0) != METHOD || head.getShort(HEADER) != BASIC) {
                return "";
            }
            return switch (head.getShort(HEADER + 2)) {
                case BASIC_PUBLISH -> PUBLISH;
                case BASIC_ACK -> acknowledgement;
                default -> "";
            };
        }
    }
}
