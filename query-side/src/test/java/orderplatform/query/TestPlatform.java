package orderplatform.query;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Both roles on a log in memory; everything else is as in production. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({QuerySideConfiguration.class, RelayConfiguration.class, TestLog.class, CleanBroker.class, ProblemAnswers.class
})
public class TestPlatform {}
