package orderplatform.query.deadletters;

import java.util.Map;
import org.springframework.amqp.core.Message;

/** Messages of a batch that have not taken effect, each with the reason. */
public class Undone extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Map<Message, RuntimeException> causes;

    public Undone(Map<Message, RuntimeException> causes) {
        super(
                "%d messages have not taken effect".formatted(causes.size()),
                causes.values().iterator().next());
        this.causes = causes;
    }

    Map<Message, RuntimeException> causes() {
        return causes;
    }
}
