package orderplatform.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.Test;

class LogTailTest {

    @Test
    void large_events_leave_memory_before_there_are_many() {
        var tail = new LogTail(after -> new LogTail.Batch(List.of(), 0));
        tail.startAt(-1);
        for (int position = 0; position < 4; position++) {
            tail.accept(position, new LogTail.Batch(List.of(event(position)), LogTail.MAX_BYTES / 2));
        }
        assertThat(tail.after(0, 10)).isNull();
        assertThat(tail.after(1, 10))
                .extracting(TrackedEventMessage::trackingToken)
                .containsExactly(new GlobalSequenceTrackingToken(2), new GlobalSequenceTrackingToken(3));
    }

    @Test
    void a_batch_larger_than_the_memory_is_left_to_the_readers() {
        var tail = new LogTail(after -> new LogTail.Batch(List.of(), 0));
        tail.startAt(-1);
        tail.accept(0, new LogTail.Batch(List.of(event(0), event(1)), 3 * LogTail.MAX_BYTES));
        assertThat(tail.head()).isEqualTo(1);
        assertThat(tail.after(0, 10)).isNull();
        assertThat(tail.after(1, 10)).isEmpty();
    }

    private static TrackedEventMessage<?> event(long position) {
        return new GenericTrackedEventMessage<>(
                new GlobalSequenceTrackingToken(position), GenericEventMessage.asEventMessage("event"));
    }
}
