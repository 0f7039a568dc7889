package orderplatform.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The guide lists every setting of the platform, as the classes that hold the settings tell them. */
class ConfigurationGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "configuration.md");
    private static final Path WANTED = Path.of("target", "settings.md");

    @Test
    void lists_every_setting_with_its_default_and_its_meaning() throws IOException {
        var metadata = getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json");
        var table = Collections.list(metadata).stream()
                .flatMap(ConfigurationGuideTest::properties)
                .filter(property -> name(property).matches("(platform|eventstore)\\..*"))
                .sorted(Comparator.comparing(ConfigurationGuideTest::name))
                .map(property -> "| `%s` | %s | %s |".formatted(name(property), preset(property), meaning(property)))
                .collect(Collectors.joining("\n"));
        Files.writeString(WANTED, table + "\n");
        assertThat(Files.readString(GUIDE))
                .as("%s with the table in %s", GUIDE, WANTED.toAbsolutePath())
                .contains(table);
    }

    private static Stream<JsonNode> properties(URL metadata) {
        try (var content = metadata.openStream()) {
            return JsonMapper.shared().readTree(content).path("properties").valueStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(JsonNode property) {
        return property.path("name").asString();
    }

    private static String preset(JsonNode property) {
        var value = property.path("defaultValue");
        var text = value.isArray()
                ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
                : value.asString("");
        return text.isEmpty() ? "none" : "`%s`".formatted(text);
    }

    private static String meaning(JsonNode property) {
        return property.path("description").asString().replaceAll("\\{@code ([^}]*)}", "`$1`");
    }
}
