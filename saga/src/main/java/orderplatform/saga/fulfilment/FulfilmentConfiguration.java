package orderplatform.saga.fulfilment;

import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** The sagas that only send commands, for every node that handles commands: they react where an event is stored. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
@ConfigurationPropertiesScan
public class FulfilmentConfiguration {}
