package orderplatform.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What can be said of the folder {@code docker} without a container engine. */
class DockerFilesTest {

    private static final String API_PORT = "8080";
    private static final String MANAGEMENT_PORT = "8081";
    private static final Pattern SECRET = Pattern.compile("PASS(WORD)?$|SECRET$");
    private static final Path DOCKER = Path.of("..", "docker");
    private static final Set<String> INSTRUCTIONS = Set.of(
            "FROM", "WORKDIR", "COPY", "RUN", "USER", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "ENV", "ARG", "LABEL");
    private static final Set<String> ROLES = Set.of("command", "saga", "query", "relay");
    private static final Set<String> METRICS = Set.of(
            "orderplatform_commands_total",
            "orderplatform_order_settled_seconds",
            "orderplatform_cache_lookups_total",
            "orderplatform_cache_hit_ratio",
            "orderplatform_sku_turns_wait_seconds",
            "orderplatform_sku_hint_refusals_total",
            "orderplatform_projection_lag",
            "orderplatform_relay_lag",
            "orderplatform_relay_published_total",
            "orderplatform_notifications_total");
    private static final Pattern METRIC = Pattern.compile("orderplatform_[a-z_]+");

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services() {
        return (Map<String, Map<String, Object>>) yaml("compose.yaml").get("services");
    }

    private static Map<String, Object> yaml(String file) {
        return new Yaml().load(read(file));
    }

    private static String read(String file) {
        try {
            return Files.readString(DOCKER.resolve(file));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Comments dropped, continued lines joined. */
    private static List<String> instructions() {
        String content = read("Dockerfile").replaceAll("(?m)^#.*\\n", "").replaceAll("\\\\\\n\\s*", " ");
        return content.lines().filter(line -> !line.isBlank()).toList();
    }

    @Test
    void the_image_is_made_of_known_instructions_and_does_not_run_as_root() {
        assertThat(instructions()).allMatch(line -> INSTRUCTIONS.contains(line.split(" ", 2)[0]));
        String user = instructions().stream()
                .filter(line -> line.startsWith("USER "))
                .reduce((first, last) -> last)
                .orElseThrow();
        assertThat(user).matches("USER [1-9]\\d+:[1-9]\\d+");
        assertThat(instructions()).anyMatch(line -> line.contains("/8081 && printf 'GET /actuator/health/liveness"));
    }

    @Test
    void commands_in_brackets_are_json() {
        JsonMapper json = new JsonMapper();
        List<String> lists = instructions().stream()
                .filter(line -> line.startsWith("ENTRYPOINT") || line.startsWith("HEALTHCHECK"))
                .map(line -> line.substring(line.indexOf('[')))
                .toList();
        assertThat(lists).hasSize(2).allMatch(list -> json.readTree(list).isArray());
    }

    @Test
    void the_cache_of_classes_is_made_as_the_user_and_with_the_options_of_the_start() {
        List<String> lines = instructions();
        String rehearsal = only(lines, "RUN java -XX:AOTCacheOutput=");
        assertThat(lines.indexOf(rehearsal)).isGreaterThan(lines.indexOf(only(lines, "USER ")));
        assertThat(options(rehearsal)).isEqualTo(options(only(lines, "ENTRYPOINT")));
        assertThat(rehearsal).contains("-jar order-platform.jar");
    }

    private static String only(List<String> lines, String beginning) {
        return lines.stream()
                .filter(line -> line.startsWith(beginning))
                .reduce((first, last) -> {
                    throw new AssertionError("two " + beginning);
                })
                .orElseThrow();
    }

    /** Of the JVM; the cache is named alike by who makes and who takes it. */
    private static List<String> options(String instruction) {
        return all(
                Pattern.compile("(-XX:[^ \",]+|--enable[^ \",]+)"), instruction.replace("AOTCacheOutput", "AOTCache"));
    }

    @Test
    void every_node_has_roles_that_exist_and_all_roles_are_run() {
        List<String> roles = services().values().stream()
                .map(DockerFilesTest::environment)
                .filter(environment -> environment.containsKey("PLATFORM_ROLES"))
                .flatMap(environment ->
                        Stream.of(environment.get("PLATFORM_ROLES").toString().split(",")))
                .toList();
        assertThat(roles).containsOnlyElementsOf(ROLES).hasSize(7);
        assertThat(new HashSet<>(roles)).isEqualTo(ROLES);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> environment(Map<String, Object> service) {
        return (Map<String, Object>) service.getOrDefault("environment", Map.of());
    }

    @Test
    @SuppressWarnings("unchecked")
    void every_file_that_is_mounted_and_every_service_waited_for_exists() {
        for (var service : services().values()) {
            for (String volume : (List<String>) service.getOrDefault("volumes", List.of())) {
                if (volume.startsWith("./")) {
                    assertThat(DOCKER.resolve(volume.split(":")[0])).exists();
                }
            }
            Map<String, Object> needed = (Map<String, Object>) service.getOrDefault("depends_on", Map.of());
            assertThat(services().keySet()).containsAll(needed.keySet());
        }
    }

    @Test
    void the_gateway_and_the_scraper_name_nodes_that_exist() {
        Map.of("nginx.conf", API_PORT, "prometheus.yml", MANAGEMENT_PORT).forEach((file, port) -> {
            List<String> nodes = all(Pattern.compile("([a-z]+(-\\d)?):" + port), read(file));
            assertThat(nodes).isNotEmpty();
            assertThat(services()).containsKeys(nodes.toArray(String[]::new));
        });
        assertThat(read("nginx.conf")).doesNotContain(MANAGEMENT_PORT);
        assertThat(read("nginx.conf").chars().filter(c -> c == '{').count())
                .isEqualTo(read("nginx.conf").chars().filter(c -> c == '}').count());
    }

    @Test
    void the_management_port_is_reached_by_the_scraper_and_not_published() {
        Stream<Map<String, Object>> nodes = services().values().stream()
                .filter(service -> environment(service).containsKey("PLATFORM_ROLES"));
        assertThat(nodes).allSatisfy(node -> {
            assertThat(environment(node)).containsEntry("MANAGEMENT_SERVER_ADDRESS", "0.0.0.0");
            assertThat(node).doesNotContainKey("ports");
        });
    }

    @Test
    void all_nodes_share_the_folder_of_the_signed_checkpoints() {
        Stream<Map<String, Object>> nodes = services().values().stream()
                .filter(service -> environment(service).containsKey("PLATFORM_ROLES"));
        assertThat(nodes).allSatisfy(node -> {
            assertThat(environment(node)).containsEntry("PLATFORM_AUDIT_FOLDER", "/audit");
            assertThat(node.get("volumes")).isEqualTo(List.of("audit:/audit"));
        });
        assertThat(instructions()).contains("RUN mkdir /audit && chown 10001:10001 /audit");
    }

    @Test
    void the_platforms_database_role_is_no_superuser_and_owns_nothing() {
        var nodes = services().values().stream()
                .map(DockerFilesTest::environment)
                .filter(environment -> environment.containsKey("PLATFORM_ROLES"));
        var roles = read("roles.sql");
        var superuser = environment(services().get("postgres")).getOrDefault("POSTGRES_USER", "postgres");
        assertThat(nodes).allSatisfy(node -> {
            var platform = node.get("SPRING_DATASOURCE_USERNAME").toString();
            var owner = node.get("SPRING_FLYWAY_USER").toString();
            assertThat(List.of(platform, owner)).doesNotHaveDuplicates().doesNotContain(superuser.toString());
            assertThat(roles)
                    .contains("CREATE ROLE %s LOGIN PASSWORD".formatted(platform))
                    .contains("CREATE ROLE %s LOGIN PASSWORD".formatted(owner))
                    .contains("OWNER %s;".formatted(owner))
                    .doesNotContainIgnoringCase("superuser");
        });
        assertThat(services().get("postgres").get("volumes").toString())
                .contains("./roles.sql:/docker-entrypoint-initdb.d/roles.sql:ro");
    }

    @Test
    void no_secret_has_a_default() {
        var secrets = new HashSet<String>();
        services()
                .values()
                .forEach(service -> environment(service).forEach((name, value) -> {
                    if (SECRET.matcher(name).find()) {
                        assertThat(value.toString()).as(name).matches("\\$\\{[A-Z_]+:\\?[^}]+}");
                        secrets.add(value.toString().replaceAll("^\\$\\{|:.*", ""));
                    }
                }));
        assertThat(secrets)
                .contains("PLATFORM_PASSWORD", "OWNER_PASSWORD", "POSTGRES_PASSWORD", "WEBHOOK_SECRET")
                .allSatisfy(
                        variable -> assertThat(read("../docs/operations.md")).contains("`" + variable + "`"));
    }

    @Test
    void the_provisioning_is_yaml() {
        assertThat(yaml("prometheus.yml")).containsKey("scrape_configs");
        assertThat(yaml("grafana/provisioning/datasources/prometheus.yaml")).containsKey("datasources");
        assertThat(yaml("grafana/provisioning/dashboards/dashboards.yaml")).containsKey("providers");
    }

    @Test
    void the_dashboard_asks_for_every_metric_of_ours_and_for_no_other() {
        JsonNode dashboard = new JsonMapper().readTree(read("grafana/dashboards/order-platform.json"));
        List<String> asked = new ArrayList<>();
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.get("targets")) {
                List<String> names = all(METRIC, target.get("expr").asString());
                assertThat(names).as(panel.get("title").asString()).isNotEmpty();
                names.forEach(name -> asked.add(name.replaceAll("_(sum|count|max|bucket)$", "")));
            }
        }
        assertThat(new HashSet<>(asked)).isEqualTo(METRICS);
    }

    private static List<String> all(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            found.add(matcher.groupCount() > 0 ? matcher.group(1) : matcher.group());
        }
        return found;
    }
}
