package orderplatform.command.web;

import io.micrometer.core.instrument.MeterRegistry;
import orderplatform.api.Outcome;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Counts commands by type and outcome: accepted, refused by the domain, or failed and rolled back. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class CommandMetrics implements MessageHandlerInterceptor<CommandMessage<?>> {

    private final MeterRegistry meters;

    CommandMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain) throws Exception {
        var command = work.getMessage().getPayloadType();
        work.onRollback(rolledBack -> count(command, "failed"));
        var result = chain.proceed();
        work.afterCommit(committed -> count(command, result instanceof Outcome.Refused<?> ? "refused" : "accepted"));
        return result;
    }

    private void count(Class<?> command, String outcome) {
        var capability = command.getEnclosingClass().getSimpleName().replace("Command", "");
        meters.counter(
                        "orderplatform.commands",
                        "command",
                        capability + "." + command.getSimpleName(),
                        "outcome",
                        outcome)
                .increment();
    }
}
