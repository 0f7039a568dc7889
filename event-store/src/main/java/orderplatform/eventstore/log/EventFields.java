package orderplatform.eventstore.log;

import java.nio.ByteBuffer;
import java.util.UUID;

/** The fields of a logged event, from its stream to its metadata, each of which can be read once, in this order. */
public interface EventFields {

    /** Writes the next text as its length and its bytes in UTF-8; an absent text is a length of -1. */
    void putText(ByteBuffer room);

    long nextLong();

    UUID nextId();

    /** A time, in microseconds since 1970. */
    long nextMicros();

    /** Bytes that all fields take at most, with 16 for the id. */
    int size();
}
