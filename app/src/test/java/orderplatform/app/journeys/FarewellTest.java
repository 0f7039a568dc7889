package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import orderplatform.app.PlatformProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(3)
class FarewellTest {

    private static final int UNAVAILABLE = 503;
    private static final int OK = 200;

    @Test
    void a_node_that_is_told_to_stop_is_not_ready_any_more_and_still_answers() throws IOException {
        // Where "I" has another lower case, too: a name of a property or a header that is made of one fits no more.
        try (var node = new PlatformProcess("--platform.farewell=5s", "-Duser.language=tr", "-Duser.country=TR")) {
            node.tellToStop();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(4))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() ->
                            node.management().get("/actuator/health/readiness").status() == UNAVAILABLE);
            assertThat(node.get("/api/events").status()).isEqualTo(OK);
        }
    }
}
