package orderplatform.eventstore.parking;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import orderplatform.eventstore.parking.ParkingTables.GivenUp;
import orderplatform.eventstore.parking.ParkingTables.Waiting;
import orderplatform.eventstore.reader.BatchEnd;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one event that can't be handled from holding up all others of its reader.
 *
 * <p>After a batch failed its events come again one by one, which shows whose failure it is. One that fails as often as
 * the rules allow is parked, in the transaction that moves the token past it; later events of its sequence wait behind
 * it. A segment is worked on by one thread, so what is known of it is the thread's.
 */
public final class Parking {

    private static final Logger LOG = LoggerFactory.getLogger(Parking.class);

    private final String processor;
    private final ParkingRules rules;
    private final ParkingTables tables;
    private final Counter parkings;
    private final ThreadLocal<@Nullable Segment> current = new ThreadLocal<>();

    public Parking(String processor, ParkingRules rules, ParkingTables tables, MeterRegistry meters) {
        this.processor = processor;
        this.rules = rules;
        this.tables = tables;
        this.parkings = Counter.builder("eventstore.parkings")
                .description("Sequences that were parked")
                .tag("processor", processor)
                .register(meters);
    }

    /** What is known of a segment since this thread works on it. */
    private static final class Segment {

        private final int number;
        private final Set<String> parked = new HashSet<>();
        private boolean known;
        private long isolatedUntil = -1;
        private long failing = -1;
        private int attempts;
        private @Nullable Throwable cause;
        private boolean waitsForOutage = true;

        Segment(int number) {
            this.number = number;
        }
    }

    /** Before this thread reads a segment again: another node may have worked on it meanwhile. */
    public void opened() {
        var segment = current.get();
        if (segment != null) {
            segment.known = false;
        }
    }

    /** Before the events of a segment are handled. */
    public void begin(int number) {
        var segment = current.get();
        if (segment == null || segment.number != number) {
            segment = new Segment(number);
            current.set(segment);
        }
    }

    /** After a batch failed, for whatever reason. */
    public void failed(List<? extends EventMessage<?>> events, Throwable cause) {
        var segment = segment();
        segment.isolatedUntil = Math.max(segment.isolatedUntil, position(events.getLast()));
        segment.waitsForOutage = rules.isOutage().test(cause);
        if (events.size() == 1 && !segment.waitsForOutage) {
            var position = position(events.getFirst());
            segment.attempts = segment.failing == position ? segment.attempts + 1 : 1;
            segment.failing = position;
            segment.cause = cause;
        }
    }

    /** Whether this thread's last failure was one of an event itself, which no waiting mends: others wait behind it. */
    public boolean isForTheEvent() {
        var segment = current.get();
        return segment != null && !segment.waitsForOutage;
    }

    /** Whether the event is stored by itself, and the one after it handled by itself. */
    public boolean isolates(EventMessage<?> last) {
        var segment = current.get();
        return segment != null && position(last) <= segment.isolatedUntil;
    }

    private boolean isParked(EventMessage<?> event) {
        var parked = parked(segment());
        return !parked.isEmpty() && sequenceOf(event).filter(parked::contains).isPresent();
    }

    /** Asked for while a unit of work is under way: what fails before it began would leave its transaction open. */
    private Set<String> parked(Segment segment) {
        if (!segment.known) {
            segment.parked.clear();
            segment.parked.addAll(tables.sequences(processor, segment.number));
            segment.known = true;
        }
        return segment.parked;
    }

    /** Whether the event waits or is parked now, so that it must not be handled. */
    boolean diverts(EventMessage<?> event) {
        if (isParked(event)) {
            writes().waiting.add(new Waiting(sequenceOf(event).orElseThrow(), position(event)));
            return true;
        }
        var sequence = isPoison(event) ? sequenceOf(event) : Optional.<String>empty();
        sequence.ifPresent(it -> writes().givenUp = givenUp(event, it));
        return sequence.isPresent();
    }

    private Optional<String> sequenceOf(EventMessage<?> event) {
        return rules.sequenceOf().apply(event);
    }

    private boolean isPoison(EventMessage<?> event) {
        var segment = segment();
        return segment.attempts >= rules.attempts() && segment.failing == position(event);
    }

    private GivenUp givenUp(EventMessage<?> event, String sequence) {
        var segment = segment();
        return new GivenUp(
                sequence, position(event), Optional.ofNullable(segment.cause).orElseThrow(), segment.attempts);
    }

    private Writes writes() {
        var work = CurrentUnitOfWork.get();
        return BatchEnd.writer(work, this, () -> new Writes(segment(), work.root()));
    }

    private Segment segment() {
        return Optional.ofNullable(current.get()).orElseThrow();
    }

    private static long position(EventMessage<?> event) {
        return ((TrackedEventMessage<?>) event).trackingToken().position().orElseThrow();
    }

    /** What one batch adds. */
    private final class Writes implements Runnable {

        private final Segment segment;
        private final List<Waiting> waiting = new ArrayList<>();
        private @Nullable GivenUp givenUp;

        Writes(Segment segment, UnitOfWork<?> work) {
            this.segment = segment;
            work.afterCommit(done -> tell());
        }

        @Override
        public void run() {
            if (givenUp != null) {
                tables.park(processor, segment.number, givenUp);
            }
            if (!waiting.isEmpty()) {
                tables.letWait(processor, segment.number, waiting);
            }
        }

        private void tell() {
            if (givenUp != null) {
                segment.parked.add(givenUp.sequence());
                parkings.increment();
                LOG.error(
                        "{} parked {} at position {} after {} attempts; its later events wait",
                        processor,
                        givenUp.sequence(),
                        givenUp.position(),
                        givenUp.attempts(),
                        givenUp.cause());
            }
        }
    }
}
