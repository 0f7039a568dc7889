package orderplatform.app.engine;

import orderplatform.eventstore.saga.DeadlineFiring;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;

/** Deadlines fire on the nodes that run sagas. */
@Profile("!baseline")
@Import(DeadlineFiring.class)
public class EngineDeadlines {}
