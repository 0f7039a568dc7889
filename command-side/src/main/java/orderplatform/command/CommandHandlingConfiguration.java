package orderplatform.command;

import orderplatform.command.web.WriteConfiguration;
import orderplatform.eventstore.personal.PersonalDataConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RestController;

/** The aggregates without their HTTP calls, for every node that sends commands: a command is handled where it is sent. */
@Configuration(proxyBeanMethods = false)
@ComponentScan(
        excludeFilters = {
            @ComponentScan.Filter(type = FilterType.ANNOTATION, classes = RestController.class),
            @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = CommandSideConfiguration.class)
        })
@ConfigurationPropertiesScan
@Import({PersonalDataConfiguration.class, WriteConfiguration.class})
public class CommandHandlingConfiguration {}
