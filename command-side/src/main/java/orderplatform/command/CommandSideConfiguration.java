package orderplatform.command;

import orderplatform.eventstore.personal.PersonalDataConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Everything that a node with the role {@code command} runs. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
@ConfigurationPropertiesScan
@EnableScheduling
@Import(PersonalDataConfiguration.class)
public class CommandSideConfiguration {}
