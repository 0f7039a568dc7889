package orderplatform.eventstore.reader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * What is done once for a batch of events. When its last event is handled, the batch waits for what its handlers have
 * set going, and holds no database connection yet; then it writes what they have collected, in the transaction that
 * moves its token.
 *
 * <p>Has to be an interceptor of every reader that uses it.
 */
public final class BatchEnd implements MessageHandlerInterceptor<EventMessage<?>> {

    /** Longest wait for what handlers have set going. */
    static final Duration WAIT = Duration.ofSeconds(60);

    private static final String WRITERS = BatchEnd.class.getName() + ".writers";
    private static final String AWAITED = BatchEnd.class.getName() + ".awaited";

    @Override
    public Object handle(UnitOfWork<? extends EventMessage<?>> work, InterceptorChain chain) throws Exception {
        var last = work instanceof BatchingUnitOfWork<?> batch && batch.isLastMessage();
        if (last) {
            writeAfterAllOthers(work);
        }
        var result = chain.proceed();
        if (last) {
            join(work);
        }
        return result;
    }

    /**
     * Holds the unit of work back until the future is done; its failure fails the unit of work. After a crash the same
     * events come again and set the same going again, so nothing is lost.
     */
    public static void await(UnitOfWork<?> work, CompletableFuture<?> future) {
        List<CompletableFuture<?>> awaited = work.root().getOrComputeResource(AWAITED, key -> new ArrayList<>());
        awaited.add(future);
        work.root().onPrepareCommit(BatchEnd::join);
    }

    /** What one writer collects for this unit of work, made when first asked for and run when everything is handled. */
    public static <W extends Runnable> W writer(UnitOfWork<?> work, Object key, Supplier<W> create) {
        Map<Object, Runnable> writers = work.root().getOrComputeResource(WRITERS, name -> {
            if (!(work.root() instanceof BatchingUnitOfWork<?>)) {
                writeAfterAllOthers(work.root());
            }
            return new HashMap<>();
        });
        @SuppressWarnings("unchecked") // whoever has the key has put it there
        var writer = (W) writers.computeIfAbsent(key, it -> create.get());
        return writer;
    }

    private static void join(UnitOfWork<?> work) {
        List<CompletableFuture<?>> awaited = work.root().getOrDefaultResource(AWAITED, List.of());
        CompletableFuture.allOf(awaited.toArray(CompletableFuture[]::new))
                .orTimeout(WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** What is registered while handlers of a phase run comes after those that were registered before. */
    private static void writeAfterAllOthers(UnitOfWork<?> work) {
        work.onPrepareCommit(preparing -> preparing.onPrepareCommit(last -> {
            Map<Object, Runnable> writers = last.root().getOrDefaultResource(WRITERS, Map.of());
            writers.values().forEach(Runnable::run);
        }));
    }
}
