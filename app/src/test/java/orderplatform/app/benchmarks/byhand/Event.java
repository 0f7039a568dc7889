package orderplatform.app.benchmarks.byhand;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A row of the log. */
record Event(
        long position,
        String stream,
        long version,
        UUID id,
        UUID correlation,
        String type,
        String streamType,
        Instant at,
        String payload,
        String metadata) {

    static final String REVISION = "1";

    /** As the platform has it: texts led by their length in four bytes, numbers and times in eight. */
    void digestInto(MessageDigest digest) {
        text(stream, digest);
        number(version, digest);
        text(id.toString(), digest);
        text(type, digest);
        text(REVISION, digest);
        text(streamType, digest);
        number(ChronoUnit.MICROS.between(Instant.EPOCH, at), digest);
        text(payload, digest);
        text(metadata, digest);
    }

    private static void text(String text, MessageDigest digest) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    static void number(long number, MessageDigest digest) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    }

    /** The message for the broker. */
    byte[] message() {
        return ("{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/order-platform\",\"type\":\"" + type
                        + "\",\"subject\":\"" + stream.substring(stream.indexOf('-') + 1) + "\",\"time\":\"" + at
                        + "\",\"datacontenttype\":\"application/json\",\"position\":\"" + position + "\",\"stream\":\""
                        + stream + "\",\"streamversion\":\"" + version + "\",\"correlationid\":\"" + correlation
                        + "\",\"revision\":\"" + REVISION + "\",\"data\":" + payload + "}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
