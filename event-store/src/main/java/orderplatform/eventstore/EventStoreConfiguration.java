package orderplatform.eventstore;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** Import this to put an Axon application on the log; {@code LogMigration} has to have run before. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class EventStoreConfiguration {}
