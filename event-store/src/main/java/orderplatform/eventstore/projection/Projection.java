package orderplatform.eventstore.projection;

import java.util.List;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * A projection that can be replayed: its handlers are Axon's {@code @EventHandler} methods of this class, they do nothing
 * but find and put rows of one table, and one segment of its {@code @ProcessingGroup} keeps it up to date. A bean of it is
 * all that is needed to have it followed and replayed.
 */
public interface Projection {

    /** The rows that its handlers find and put. */
    Rows<?> rows();

    /** How the names of the events begin that it must not pass over, known or not, such as {@code order.}. */
    List<String> eventTypes();

    /**
     * Which version of its code this is, from 1. Raised when the same events make other rows than before; rows of
     * another version are rebuilt.
     */
    default int version() {
        return 1;
    }

    /** Its processing group. */
    default String name() {
        return nameOf(getClass());
    }

    /** @throws IllegalStateException if the class is in no processing group */
    static String nameOf(Class<?> type) {
        return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(type, ProcessingGroup.class))
                .map(ProcessingGroup::value)
                .orElseThrow(() -> new IllegalStateException("%s has no @ProcessingGroup".formatted(type.getName())));
    }
}
