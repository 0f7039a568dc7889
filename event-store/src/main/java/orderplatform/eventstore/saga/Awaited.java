package orderplatform.eventstore.saga;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * What a unit of work has set going and must not commit before it is done: after a crash the same events come again and
 * set the same going again, so nothing is lost.
 *
 * <p>A batch of events waits when its last event is handled and nothing is written yet, so that it holds no database
 * connection while it waits; otherwise the wait comes before the commit.
 */
public final class Awaited {

    private static final Duration AT_MOST = Duration.ofSeconds(60);
    private static final String RESOURCE = Awaited.class.getName();

    private Awaited() {}

    /** Holds the unit of work back until the future is done, at most a minute; its failure fails the unit of work. */
    public static void before(UnitOfWork<?> work, CompletableFuture<?> future) {
        List<CompletableFuture<?>> awaited = work.root().getOrComputeResource(RESOURCE, key -> new ArrayList<>());
        awaited.add(future);
        work.root().onPrepareCommit(Awaited::join);
    }

    /** Called after each event of a batch. */
    static void joinAfterLast(UnitOfWork<?> work) {
        if (work instanceof BatchingUnitOfWork<?> batch && batch.isLastMessage()) {
            join(work);
        }
    }

    private static void join(UnitOfWork<?> work) {
        List<CompletableFuture<?>> awaited = work.root().getOrDefaultResource(RESOURCE, List.of());
        CompletableFuture.allOf(awaited.toArray(CompletableFuture[]::new))
                .orTimeout(AT_MOST.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
