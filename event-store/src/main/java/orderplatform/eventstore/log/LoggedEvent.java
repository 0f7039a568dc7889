package orderplatform.eventstore.log;

import java.util.UUID;

/** Names one event of the log beyond doubt: another one may take its place in the stream if it was not committed. */
public record LoggedEvent(String stream, long version, UUID id) {}
