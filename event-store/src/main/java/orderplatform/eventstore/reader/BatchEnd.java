package orderplatform.eventstore.reader;

import java.util.function.Supplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * What is done once for a batch of events, or for several if its reader has a {@link Checkpoint} that is not due yet.
 * When the last event is handled, the batch writes what its handlers have collected, in the transaction that moves its token.
 *
 * <p>Has to be an interceptor of every reader that uses it.
 */
public final class BatchEnd implements MessageHandlerInterceptor<EventMessage<?>> {

    @Override
    public Object handle(UnitOfWork<? extends EventMessage<?>> work, InterceptorChain chain) throws Exception {
        var checkpoint = Checkpoint.of(work);
        var due = work instanceof BatchingUnitOfWork<?> batch && batch.isLastMessage() && checkpoint.isDue();
        if (due) {
            checkpoint.storeAfterAllOthers(work);
        }
        return chain.proceed();
    }

    /** What one writer collects, made when first asked for and run when it is stored. */
    public static <W extends Runnable> W writer(UnitOfWork<?> work, Object key, Supplier<W> create) {
        return Checkpoint.of(work).writer(key, create);
    }
}
