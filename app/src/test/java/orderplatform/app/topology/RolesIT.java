package orderplatform.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import orderplatform.app.Client;
import orderplatform.app.Platform;
import orderplatform.app.benchmarks.process.Node;
import orderplatform.app.benchmarks.process.Servers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real jar with every role by itself, and extracted, as in the image, with pairs that share as little as can be; compose has
 * another.
 */
@Execution(ExecutionMode.CONCURRENT)
class RolesIT {

    private static Path folder;
    private static Servers servers;

    @BeforeAll
    static void start() throws Exception {
        folder = Platform.newFolder().toAbsolutePath();
        servers = new Servers(folder.resolve("servers"));
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"command", "saga", "query", "relay"})
    void a_node_starts_from_the_jar_and_answers_what_its_role_has(String role) throws IOException {
        assertStartsAndAnswers(role, RealJar::launch);
    }

    @ParameterizedTest
    @ValueSource(strings = {"command,relay", "saga,query", "query,relay"})
    void a_node_starts_from_the_extracted_jar_and_answers_what_its_roles_have(String roles) throws IOException {
        assertStartsAndAnswers(roles, RealJar::launchExtracted);
    }

    private interface Launch {
        void of(Node node) throws IOException;
    }

    private static void assertStartsAndAnswers(String roles, Launch launch) throws IOException {
        var arguments = servers.arguments(List.of("--platform.roles=" + roles, ComposeTopology.FEW_CONNECTIONS));
        try (var node = new Node(RealJar.WHOLE, folder.resolve(roles), arguments);
                var client = ComposeTopology.client(node.port())) {
            launch.of(node);
            node.awaitReady();
            assertThat(stock(client)).isEqualTo(roles.contains("command") ? 201 : 404);
            assertThat(client.get("/api/revenue?from=2026-01-01&to=2026-01-02").status())
                    .isEqualTo(roles.contains("query") ? 200 : 404);
            client.get("/api/audit/verification").expect(200);
            client.post("/api/sagas/none/retry", Map.of("reason", "try")).expect(404);
            client.delete("/api/dead-letters/none").expect(404);
        }
    }

    private static int stock(Client client) {
        return client.post("/api/stock/%s/receipts".formatted(Client.newId("SKU")), Map.of("quantity", 1))
                .status();
    }
}
