package orderplatform.eventstore;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import orderplatform.eventstore.parking.Parking;
import orderplatform.eventstore.parking.ParkingRules;
import orderplatform.eventstore.parking.ParkingTables;
import orderplatform.eventstore.projection.Column;
import orderplatform.eventstore.projection.Projection;
import orderplatform.eventstore.projection.Rows;
import orderplatform.eventstore.projection.Table;
import orderplatform.eventstore.reader.BatchEnd;
import orderplatform.eventstore.reader.LogReader;
import orderplatform.eventstore.reader.Outages;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** How much is in each purse: a projection. */
@ProcessingGroup(PurseSums.READER)
public class PurseSums implements Projection {

    /** Switches it on. */
    public static final String ON = "test.sums=true";

    /** Followed by a number. The second version counts in halves. */
    public static final String VERSION = "test.sums-version=";

    public static final String READER = "sums";
    public static final int ATTEMPTS = 3;
    static final String CREATE = "CREATE TABLE purse_sum (purse text PRIMARY KEY, amount bigint NOT NULL)";

    private record Sum(String purse, long amount) {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("test.sums")
    @Import(PurseSums.class)
    static class Reader {

        @Bean
        ConfigurerModule sums(ParkingTables tables, MeterRegistry meters) {
            var rules = new ParkingRules(event -> purseOf(event.getPayload()), Outages.or(), ATTEMPTS);
            var settings = TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                    .andBatchSize(100)
                    .andInitialTrackingToken(StreamableMessageSource::createTailToken);
            return configurer -> configurer.eventProcessing(processors -> processors
                    .registerEventProcessor(
                            READER,
                            LogReader.builder(
                                    settings,
                                    type -> true,
                                    Duration.ZERO,
                                    Duration.ZERO,
                                    name -> new Parking(name, rules, tables, meters)))
                    .registerDefaultHandlerInterceptor((configuration, processor) -> new BatchEnd())
                    .registerDefaultListenerInvocationErrorHandler(
                            configuration -> PropagatingErrorHandler.instance()));
        }
    }

    private final Rows<Sum> rows;
    private final int version;

    PurseSums(DataSource dataSource, Environment environment) {
        version = environment.getProperty(VERSION.replace("=", ""), Integer.class, 1);
        var columns =
                List.of(new Column<>("purse", "text", Sum::purse), new Column<Sum>("amount", "bigint", Sum::amount));
        var table = new Table<>(
                dataSource,
                "purse_sum",
                List.of("purse"),
                columns,
                (row, number) -> new Sum(row.getString(1), row.getLong(2)));
        rows = new Rows<>(table, Sum::purse, PurseSums::purseOf, changed -> {});
    }

    @Override
    public Rows<?> rows() {
        return rows;
    }

    @Override
    public List<String> eventTypes() {
        return List.of(Purse.class.getName());
    }

    @Override
    public int version() {
        return version;
    }

    private static Optional<String> purseOf(Object event) {
        return switch (event) {
            case Purse.PutInDone it -> Optional.of(it.purse());
            case Purse.TakenOut it -> Optional.of(it.purse());
            default -> Optional.empty();
        };
    }

    @EventHandler
    void on(Purse.PutInDone event) {
        add(event.purse(), event.amount());
    }

    @EventHandler
    void on(Purse.TakenOut event) {
        add(event.purse(), -event.amount());
    }

    private void add(String purse, long amount) {
        rows.put(new Sum(purse, rows.find(purse).map(Sum::amount).orElse(0L) + amount * version));
    }
}
