package orderplatform.app.stores;

import io.micrometer.core.instrument.MeterRegistry;
import orderplatform.api.Outcome;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;

/** Counts commands by type and outcome: accepted, refused by the domain, or failed; each once, however often it was tried. */
class CommandMetrics {

    private final MeterRegistry meters;

    CommandMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void answered(CommandMessage<?> command, CommandResultMessage<?> result) {
        var type = command.getPayloadType();
        var capability = type.getEnclosingClass().getSimpleName().replace("Command", "");
        meters.counter(
                        "orderplatform.commands",
                        "command",
                        capability + "." + type.getSimpleName(),
                        "outcome",
                        outcome(result))
                .increment();
    }

    private static String outcome(CommandResultMessage<?> result) {
        if (result.isExceptional()) {
            return "failed";
        }
        return result.getPayload() instanceof Outcome.Refused<?> ? "refused" : "accepted";
    }
}
