package orderplatform.app.embedded;

import java.util.List;
import java.util.Map;

/** A server the platform brings along for the case that none is configured. */
interface EmbeddedServer extends AutoCloseable {

    String name();

    /** Properties of which one that is set says that somebody else runs this server. */
    List<String> configuredBy();

    /**
     * Starts the server and waits, bounded, until it answers.
     *
     * @return the properties that lead the platform to it
     * @throws Exception where it does not start
     */
    Map<String, Object> start(DataFolder folder) throws Exception;

    /** Ends the server, also a half started one; does nothing when it is not running. */
    @Override
    void close();
}
