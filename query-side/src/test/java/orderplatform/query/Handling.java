package orderplatform.query;

import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.springframework.stereotype.Component;

/** Calls handlers as a processor does: in one unit of work and one transaction. */
@Component
public class Handling {

    private final TransactionManager transactions;

    Handling(TransactionManager transactions) {
        this.transactions = transactions;
    }

    /** Throws what the handlers throw; nothing is kept then. */
    public void together(Runnable handlers) {
        var work = DefaultUnitOfWork.startAndGet(GenericMessage.asMessage("events"));
        work.attachTransaction(transactions);
        var result = work.executeWithResult(() -> {
            handlers.run();
            return null;
        });
        if (result.isExceptional()) {
            throw (RuntimeException) result.exceptionResult();
        }
    }
}
