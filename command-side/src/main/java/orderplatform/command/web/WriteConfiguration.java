package orderplatform.command.web;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** What every node needs to answer a call that changes something, an operator's call among them: see {@link Answers}. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
@EnableConfigurationProperties(IdempotencySettings.class)
@EnableScheduling
public class WriteConfiguration {}
