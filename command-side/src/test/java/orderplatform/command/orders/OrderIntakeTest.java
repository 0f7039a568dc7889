package orderplatform.command.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class OrderIntakeTest {

    private static final int LINE = 5;
    private static final Duration FOR_EVER = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration SOON_ENOUGH = Duration.ofSeconds(10);

    private final AtomicLong backlog = new AtomicLong();
    private final AtomicInteger commands = new AtomicInteger();

    private OrderIntake intake(Duration patience, int waiting) {
        return intake(patience, waiting, backlog::get);
    }

    private OrderIntake intake(Duration patience, int waiting, LongSupplier events) {
        var behind = new Backlog() {

            @Override
            public long events() {
                return events.getAsLong();
            }

            @Override
            public void expect(long events) {
                backlog.addAndGet(events);
            }

            @Override
            public int commands() {
                return commands.get();
            }
        };
        return new OrderIntake(behind, new OrderIntakeSettings(100, 10, patience, waiting));
    }

    private static CompletableFuture<Void> place(OrderIntake intake) {
        return CompletableFuture.runAsync(
                intake::awaitRoom, task -> Thread.ofPlatform().daemon().start(task));
    }

    @Test
    void takes_an_order_in_at_once_while_there_is_room() {
        backlog.set(100);
        intake(FOR_EVER, 1).awaitRoom();
    }

    @Test
    void an_order_waits_while_too_many_commands_do() {
        commands.set(11);
        var taken = place(intake(FOR_EVER, 1));
        assertThat(taken).failsWithin(SOON).withThrowableOfType(TimeoutException.class);
        commands.set(10);
        assertThat(taken).succeedsWithin(SOON_ENOUGH);
    }

    @Test
    void an_order_waits_until_fulfilment_has_caught_up() {
        backlog.set(101);
        var taken = place(intake(FOR_EVER, 1));
        assertThat(taken).failsWithin(SOON).withThrowableOfType(TimeoutException.class);
        backlog.set(100);
        assertThat(taken).succeedsWithin(SOON_ENOUGH);
    }

    @Test
    void what_was_let_in_counts_before_its_events_are_in_the_log() {
        backlog.set(95);
        var intake = intake(FOR_EVER, 1);
        intake.awaitRoom();
        assertThat(place(intake)).failsWithin(SOON).withThrowableOfType(TimeoutException.class);
    }

    @Test
    void whoever_has_waited_longest_is_taken_in_first() {
        var rooms = new Semaphore(0);
        var intake = intake(FOR_EVER, LINE, () -> rooms.tryAcquire() ? 0 : 101);
        var takenIn = new CopyOnWriteArrayList<Integer>();
        for (int i = 0; i < LINE; i++) {
            int place = i;
            var order = Thread.ofPlatform().daemon().start(() -> {
                intake.awaitRoom();
                takenIn.add(place);
            });
            Awaitility.await().until(() -> order.getState() == Thread.State.TIMED_WAITING);
        }
        for (int i = 1; i <= LINE; i++) {
            rooms.release();
            int expected = i;
            Awaitility.await().until(() -> takenIn.size() == expected);
            assertThat(takenIn).isSorted();
        }
    }

    @Test
    void an_order_is_taken_in_when_its_patience_is_over() {
        backlog.set(101);
        var before = System.nanoTime();
        intake(SOON, 1).awaitRoom();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(SOON);
    }

    @Test
    void one_more_than_may_wait_is_told_to_try_again_and_none_when_there_is_room_again() {
        backlog.set(101);
        var intake = intake(FOR_EVER, 1);
        var orders = Stream.generate(() -> place(intake)).limit(2).toList();
        assertThat(CompletableFuture.anyOf(orders.toArray(CompletableFuture[]::new)))
                .failsWithin(SOON_ENOUGH)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(Problem.class, refusal -> {
                    assertThat(refusal.type()).isEqualTo(ProblemType.UNAVAILABLE);
                    assertThat(refusal.retryAfterSeconds()).isBetween(1L, 5L);
                });
        assertThatThrownBy(intake::refuseWhereCrowded).isInstanceOf(Problem.class);
        backlog.set(0);
        assertThat(orders)
                .filteredOn(order -> !order.isCompletedExceptionally())
                .singleElement()
                .satisfies(waiting -> assertThat(waiting).succeedsWithin(SOON_ENOUGH));
        intake.refuseWhereCrowded();
        intake.awaitRoom();
    }

    @Test
    void those_who_are_refused_together_are_not_told_to_come_back_together() {
        backlog.set(101);
        var intake = intake(FOR_EVER, 0);
        assertThat(Stream.generate(() -> refusal(intake)).limit(100))
                .extracting(Problem::retryAfterSeconds)
                .contains(1L, 2L, 3L, 4L, 5L);
    }

    private static Problem refusal(OrderIntake intake) {
        return catchThrowableOfType(Problem.class, intake::awaitRoom);
    }
}
