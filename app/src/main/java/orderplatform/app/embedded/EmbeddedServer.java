package orderplatform.app.embedded;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A server the platform brings along for the case that none is configured. */
interface EmbeddedServer extends AutoCloseable {

    String name();

    /** Properties of which one that is set says that somebody else runs this server. */
    List<String> configuredBy();

    /** The properties that lead the platform to it, known before it is started, and after it is prepared. */
    Map<String, Object> properties();

    /**
     * Finds its port, reads its passwords, and writes the program that is to be started. No server starts meanwhile: a
     * process that begins holds for a moment what this one has open, and a program that anyone has open for writing can't
     * be started.
     */
    default void prepare(DataFolder folder) throws IOException, InterruptedException {}

    /**
     * Starts the server and waits, bounded, until it answers.
     *
     * @throws Exception if it does not start
     */
    void start(DataFolder folder) throws Exception;

    /** Ends the server, also a half started one; does nothing when it is not running. */
    @Override
    void close();
}
