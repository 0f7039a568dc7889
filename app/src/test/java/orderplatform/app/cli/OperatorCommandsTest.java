package orderplatform.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import orderplatform.app.Platform;
import orderplatform.app.embedded.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("what others write would be in its output")
class OperatorCommandsTest {

    private static final String BASELINE = "orderplatform.app.Platform#isOnBaselineStores";

    private final Platform platform = Platform.shared();

    @TempDir
    Path folder;

    private Ran run(String... arguments) {
        return Ran.command(Stream.concat(Stream.of(arguments), Stream.of("--url=" + platform.uri("")))
                .toArray(String[]::new));
    }

    private String order() {
        return platform.order("17850", platform.stocked(1), 1).expect(201).text("orderId");
    }

    @Test
    void every_reader_of_the_log_is_shown() {
        var shown = run("projections");
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.out()).containsPattern("(?m)^name +generation").containsPattern("(?m)^orders +\\d+ +RUNNING");
        assertThat(run("projections", "--json").out()).contains("\"name\":\"orders\"");
    }

    @Test
    void the_version_is_printed_instead_of_started() {
        assertThat(CommandLineTool.isMeant(new String[] {"--version"})).isTrue();
        var version = Ran.command("--version");
        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).startsWith("order-platform ").hasLineCount(1);
    }

    @Test
    void what_happened_to_an_order_is_told() {
        var order = order();
        var told = run("history", order);
        assertThat(told.exitCode()).isZero();
        assertThat(told.out()).containsSubsequence("order.placed", "order.confirmed");
        assertThat(run("history", order, "--json").out()).contains("\"type\":\"order.placed\"");
    }

    @Test
    void what_the_platform_refuses_is_said_in_one_line() {
        var refused = run("history", "nobodys-order");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).isEqualToIgnoringNewLines("order-platform: 404 There is no such order.");
        assertThat(run("export", "--type=order.unheard-of")).satisfies(ran -> {
            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.err()).contains("400").contains("is not the name of an event");
        });
    }

    @Test
    void a_stretch_of_the_log_becomes_a_file() throws Exception {
        var stream = "--stream=order-" + order();
        var lines = folder.resolve("events.ndjson");
        var table = folder.resolve("events.csv");

        assertThat(run("export", stream, "--output=" + lines).exitCode()).isZero();
        assertThat(run("export", stream, "--output=" + table, "--format=CSV").exitCode())
                .isZero();

        var events = Files.readAllLines(lines);
        assertThat(events).hasSize(2).allSatisfy(line -> assertThat(line).startsWith("{\"position\":"));
        assertThat(Files.readAllLines(table))
                .hasSize(events.size() + 1)
                .first()
                .isEqualTo("position,eventId,stream,version,type,revision,recordedAt,data,metadata");
        assertThat(run("export", stream).out()).contains(events);
    }

    @Test
    @DisabledIf(BASELINE)
    void a_replay_is_watched_to_its_end() {
        var over = run("replay", "orders", "--until=0", "--watch");
        assertThat(over.exitCode()).as(over.err()).isZero();
        assertThat(over.out()).containsPattern("orders [-0-9a-f]{36}: STOPPED, position 0 of 0");
        assertThat(run("replay", "unheard-of").exitCode()).isEqualTo(1);
    }

    @Test
    @DisabledIf(BASELINE)
    void all_replays_are_watched_to_their_end() {
        var over = run("replay", "--all", "--watch");
        assertThat(over.exitCode()).as(over.err()).isZero();
        for (var projection : List.of("orders", "revenue", "stock")) {
            assertThat(over.out()).containsPattern(projection + " [-0-9a-f]{36}: SWAPPED, .* \\d+ rows as they were");
        }
    }

    @Test
    void a_platform_that_is_not_there_is_said_in_one_line() {
        var nobody = "http://127.0.0.1:" + FreePort.find();
        for (var command : List.of("projections", "export")) {
            var ran = Ran.command(command, "--url=" + nobody, "--first-pause=PT0.01S");
            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.err())
                    .isEqualToIgnoringNewLines(
                            "order-platform: no answer from %s; start the platform or name another with --url="
                                    .formatted(nobody));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replay",
                "history",
                "replay orders --until=x",
                "replay orders --all",
                "replay --all --until=1",
                "export --format=xml",
                "export --after=x"
            })
    void a_command_line_that_makes_no_sense_asks_nothing(String line) {
        assertThat(Ran.command(line.split(" ")).exitCode()).isEqualTo(2);
    }
}
