package orderplatform.saga.payments;

import static org.axonframework.commandhandling.GenericCommandMessage.asCommandMessage;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import orderplatform.api.payments.PaymentCommand;
import orderplatform.api.payments.PaymentId;
import orderplatform.api.payments.PaymentStep;
import orderplatform.api.payments.ProviderOutcome;
import orderplatform.eventstore.commit.AfterCommit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Calls to the provider side by side. A call that is lost, with its node or its outcome, is made again by its saga's deadline. */
@Component
public class ProviderCalls implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderCalls.class);

    private final PaymentProvider provider;
    private final CommandGateway commands;
    private final AfterCommit afterCommit;
    private final ExecutorService threads;
    private final Collection<Runnable> waiting;
    private final Set<Call> underWay = ConcurrentHashMap.newKeySet();

    private record Call(PaymentId paymentId, PaymentStep step) {}

    @Autowired
    ProviderCalls(
            PaymentProvider provider, CommandGateway commands, AfterCommit afterCommit, PaymentSettings settings) {
        this(provider, commands, afterCommit, threads(settings));
    }

    private ProviderCalls(
            PaymentProvider provider, CommandGateway commands, AfterCommit afterCommit, ThreadPoolExecutor threads) {
        this(provider, commands, afterCommit, threads, threads.getQueue());
    }

    ProviderCalls(
            PaymentProvider provider,
            CommandGateway commands,
            AfterCommit afterCommit,
            ExecutorService threads,
            Collection<Runnable> waiting) {
        this.provider = provider;
        this.commands = commands;
        this.afterCommit = afterCommit;
        this.threads = threads;
        this.waiting = waiting;
    }

    private static ThreadPoolExecutor threads(PaymentSettings settings) {
        return new ThreadPoolExecutor(
                settings.concurrency(),
                settings.concurrency(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.waiting()),
                Thread.ofPlatform().name("payment-provider-", 0).factory());
    }

    PaymentProvider provider() {
        return provider;
    }

    /** Calls of this node that wait for others to end. */
    public int waiting() {
        return waiting.size();
    }

    /** Makes the call once the request for it is stored, unless this node is about to make it already, and records the outcome. */
    void record(PaymentId paymentId, PaymentStep step, Supplier<ProviderOutcome> call) {
        var made = new Call(paymentId, step);
        var cause = CurrentUnitOfWork.correlationData();
        afterCommit.run(() -> {
            if (underWay.add(made)) {
                start(made, () -> record(made, call, cause));
            }
        });
    }

    private void start(Call made, Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException full) {
            underWay.remove(made);
            LOG.debug("A call to the provider is left to its deadline", full);
        }
    }

    private void record(Call made, Supplier<ProviderOutcome> call, Map<String, ?> cause) {
        commands.send(asCommandMessage(outcome(made, call)).andMetaData(cause)).exceptionally(failure -> {
            LOG.warn("{} of {} is not recorded, the provider is asked again", made.step(), made.paymentId(), failure);
            return null;
        });
    }

    private PaymentCommand.RecordOutcome outcome(Call made, Supplier<ProviderOutcome> call) {
        try {
            return new PaymentCommand.RecordOutcome(made.paymentId(), made.step(), call.get());
        } finally {
            underWay.remove(made);
        }
    }

    @Override
    public void destroy() {
        threads.shutdown();
    }
}
