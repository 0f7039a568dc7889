package orderplatform.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import orderplatform.eventstore.Database;
import orderplatform.eventstore.Purse;
import orderplatform.eventstore.TestNode;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.Test;

class LogStreamTest {

    /** More than one page, and more than is kept in memory. */
    private static final int MANY = LogTail.CAPACITY + PostgresEventStorageEngine.PAGE + 7;

    private final Database database = Database.create();

    @Test
    void a_reader_sees_the_events_of_all_nodes_in_order_and_none_twice() throws Exception {
        try (var one = TestNode.on(database);
                var other = TestNode.on(database);
                var stream = stream(one, -1)) {
            for (int i = 0; i < 300; i++) {
                (i % 3 == 0 ? other : one).send(new Purse.PutIn("purse-" + i % 7, 1));
            }
            assertThat(positions(stream, 300))
                    .containsExactlyElementsOf(LongStream.range(0, 300).boxed().toList());
            assertThat(stream.hasNextAvailable(50, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    @Test
    void a_reader_far_behind_catches_up_and_goes_on_from_memory() throws Exception {
        try (var node = TestNode.on(database)) {
            var answers = new ArrayList<CompletableFuture<Purse.Sum>>();
            for (int i = 0; i < MANY; i++) {
                answers.add(node.send(new Purse.PutIn("purse-" + i % 100, 1)));
            }
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            try (var stream = stream(node, 4)) {
                assertThat(positions(stream, MANY - 5))
                        .containsExactlyElementsOf(
                                LongStream.range(5, MANY).boxed().toList());
                node.sendAndWait(new Purse.PutIn("purse-1", 1));
                assertThat(positions(stream, 1)).containsExactly((long) MANY);
            }
        }
    }

    @Test
    void an_event_is_the_same_from_memory_and_from_the_table() throws Exception {
        try (var node = TestNode.on(database);
                var live = stream(node, -1)) {
            node.sendAndWait(new Purse.PutIn("purse", 1));
            var handed = live.nextAvailable();
            try (var other = TestNode.on(database);
                    var late = stream(other, -1)) {
                var read = late.nextAvailable();
                assertThat(read.getIdentifier()).isEqualTo(handed.getIdentifier());
                assertThat(read.getTimestamp()).isEqualTo(handed.getTimestamp());
                assertThat(read.getPayload()).isEqualTo(handed.getPayload());
                assertThat(read.trackingToken()).isEqualTo(handed.trackingToken());
            }
        }
    }

    private static BlockingStream<TrackedEventMessage<?>> stream(TestNode node, long after) {
        return node.bean(LogEventStore.class).openStream(new GlobalSequenceTrackingToken(after));
    }

    private static ArrayList<Long> positions(BlockingStream<TrackedEventMessage<?>> stream, int count)
            throws InterruptedException {
        var positions = new ArrayList<Long>();
        while (positions.size() < count && stream.hasNextAvailable(5, TimeUnit.SECONDS)) {
            positions.add(stream.nextAvailable().trackingToken().position().orElseThrow());
        }
        return positions;
    }
}
