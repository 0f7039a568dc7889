package orderplatform.query;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** Runs in the one context that all tests share: both roles, with real servers. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = TestPlatform.class, properties = "spring.main.banner-mode=off")
@ContextConfiguration(initializers = TestServers.class)
@AutoConfigureMockMvc
@Import({Events.class, Handling.class})
public @interface QuerySideTest {}
