package orderplatform.saga.payments;

import static org.axonframework.commandhandling.GenericCommandMessage.asCommandMessage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import orderplatform.api.payments.PaymentCommand;
import orderplatform.eventstore.reader.BatchEnd;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Calls to the provider side by side: the events of a batch start their calls, and the batch commits when all outcomes
 * are recorded. After a crash the same calls are made again, with the same keys.
 */
@Component
public class ProviderCalls implements DisposableBean {

    private final PaymentProvider provider;
    private final CommandGateway commands;
    private final ExecutorService threads;

    @Autowired
    ProviderCalls(PaymentProvider provider, CommandGateway commands, PaymentSettings settings) {
        this(
                provider,
                commands,
                Executors.newFixedThreadPool(
                        settings.concurrency(),
                        Thread.ofPlatform().name("payment-provider-", 0).factory()));
    }

    ProviderCalls(PaymentProvider provider, CommandGateway commands, ExecutorService threads) {
        this.provider = provider;
        this.commands = commands;
        this.threads = threads;
    }

    PaymentProvider provider() {
        return provider;
    }

    /** Makes the call now, and holds back the commit of the current unit of work until its outcome is recorded. */
    void record(Supplier<PaymentCommand.RecordOutcome> call) {
        var work = CurrentUnitOfWork.get();
        var cause = work.getCorrelationData();
        var recorded = CompletableFuture.supplyAsync(call, threads)
                .thenCompose(outcome -> commands.send(asCommandMessage(outcome).andMetaData(cause)));
        BatchEnd.await(work, recorded);
    }

    @Override
    public void destroy() {
        threads.shutdown();
    }
}
