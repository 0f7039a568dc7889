package orderplatform.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import orderplatform.api.customers.CustomerEvent;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.inventory.StockLevels;
import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderLine;
import orderplatform.api.orders.RejectionReason;
import orderplatform.api.payments.PaymentEvent;
import orderplatform.api.payments.PaymentId;
import orderplatform.api.payments.PaymentStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Holds name, revision and JSON of every event against golden files: what is stored must stay readable. */
class EventCatalogueTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final OrderId ORDER = new OrderId("536365");
    private static final PaymentId PAYMENT = PaymentId.of(ORDER);
    private static final Sku SKU = new Sku("85123A");
    private static final CustomerId CUSTOMER = new CustomerId("17850");
    private static final Money AMOUNT = new Money(1530, "GBP");
    private static final Instant EXPIRY = Instant.parse("2010-12-01T08:41:00Z");
    private static final StockLevels LEVELS = new StockLevels(100, 6, 4);

    static Stream<Object> events() {
        return Stream.of(
                new OrderEvent.Placed(
                        ORDER,
                        CUSTOMER,
                        new Contact("17850@customers.example", null),
                        List.of(new OrderLine(SKU, 6, 255)),
                        450,
                        new Money(1980, "GBP")),
                new OrderEvent.StockAwaited(ORDER),
                new OrderEvent.PaymentAwaited(ORDER),
                new OrderEvent.Confirmed(ORDER),
                new OrderEvent.Rejected(
                        ORDER,
                        new RejectionReason(
                                RejectionReason.INSUFFICIENT_STOCK,
                                "Not every SKU can be had.",
                                List.of(new RejectionReason.Line(SKU, 6, 2)))),
                new OrderEvent.Cancelled(ORDER, "changed my mind", true, new TreeMap<>(Map.of(SKU, 6L)), AMOUNT),
                new StockEvent.Received(
                        SKU, "r-1", 100, "WHITE HANGING HEART T-LIGHT HOLDER", new Money(255, "GBP"), LEVELS),
                new StockEvent.Adjusted(SKU, "a-1", 103, 100, "damaged", LEVELS),
                new StockEvent.Reserved(SKU, ORDER, 6, EXPIRY, LEVELS),
                new StockEvent.ReservationRejected(SKU, ORDER, RejectionReason.INSUFFICIENT_STOCK, 6, 2),
                new StockEvent.Allocated(SKU, ORDER, 6, LEVELS),
                new StockEvent.Released(SKU, ORDER, 6, LEVELS),
                new StockEvent.Deallocated(SKU, ORDER, 6, LEVELS),
                new PaymentEvent.AuthorisationRequested(PAYMENT, ORDER, CUSTOMER, AMOUNT),
                new PaymentEvent.Authorised(PAYMENT, ORDER, AMOUNT, "auth-1"),
                new PaymentEvent.Declined(PAYMENT, ORDER, "insufficient-funds"),
                new PaymentEvent.OutcomeUnknown(PAYMENT, ORDER, PaymentStep.AUTHORISE, 1),
                new PaymentEvent.CaptureRequested(PAYMENT, ORDER, AMOUNT),
                new PaymentEvent.Captured(PAYMENT, ORDER, AMOUNT, "cap-1"),
                new PaymentEvent.CaptureDeclined(PAYMENT, ORDER, "expired"),
                new PaymentEvent.CancellationRequested(PAYMENT, ORDER),
                new PaymentEvent.VoidRequested(PAYMENT, ORDER, AMOUNT),
                new PaymentEvent.Voided(PAYMENT, ORDER, AMOUNT),
                new PaymentEvent.RefundRequested(PAYMENT, ORDER, AMOUNT),
                new PaymentEvent.Refunded(PAYMENT, ORDER, AMOUNT),
                new CustomerEvent.PersonalDataErased(CUSTOMER, "asked by letter"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_is_stored_as_its_golden_file_says_and_read_back_equal(Object event) {
        var entry = EventCatalogue.ofType(event.getClass()).orElseThrow();
        var golden = golden("%s.%s.json".formatted(entry.name(), entry.revision()));
        assertThat(JSON.readTree(JSON.writeValueAsString(event))).isEqualTo(JSON.readTree(golden));
        assertThat(JSON.readValue(golden, entry.type())).isEqualTo(event);
    }

    @Test
    void every_event_of_every_capability_is_catalogued_and_has_a_golden_file() {
        var records = Stream.of(OrderEvent.class, StockEvent.class, PaymentEvent.class, CustomerEvent.class)
                .flatMap(EventCatalogueTest::concrete)
                .toList();
        assertThat(EventCatalogue.ENTRIES)
                .extracting(EventCatalogue.Entry::type)
                .containsExactlyInAnyOrderElementsOf(records);
        assertThat(events().map(Object::getClass)).containsExactlyInAnyOrderElementsOf(records);
    }

    @Test
    void no_name_is_used_twice() {
        assertThat(EventCatalogue.ENTRIES)
                .extracting(EventCatalogue.Entry::name)
                .doesNotHaveDuplicates();
    }

    private static Stream<Class<?>> concrete(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(EventCatalogueTest::concrete)
                : Stream.of(type);
    }

    private static String golden(String file) {
        try (var in = EventCatalogueTest.class.getResourceAsStream("/golden/" + file)) {
            assertThat(in).as("golden file %s", file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
