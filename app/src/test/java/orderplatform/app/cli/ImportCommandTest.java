package orderplatform.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import orderplatform.app.Platform;
import orderplatform.app.embedded.FreePort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("what others write would be in its output")
class ImportCommandTest {

    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
    private static final String DAY = HEADER + """
            7001,20001A,MUG,4,2010-12-01 08:00:00,2.55,17850.0,United Kingdom
            7001,20002,BOX,2,2010-12-01 08:00:00,1.25,17850.0,United Kingdom
            7002,20001A,MUG,1,2010-12-01 09:00:00,2.55,,United Kingdom
            7003,20003,BAG,10,2010-12-01 10:00:00,1.00,13047.0,United Kingdom
            7004,POST,POSTAGE,1,2010-12-01 11:00:00,18.00,13047.0,United Kingdom
            C7005,20001A,MUG,-4,2010-12-01 12:00:00,2.55,17850.0,United Kingdom
            C7005,20002,BOX,-2,2010-12-01 12:00:00,1.25,17850.0,United Kingdom
            C7006,20001A,MUG,-9,2010-12-01 12:00:00,2.55,17850.0,United Kingdom
            """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private int run(String content, URI url, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("sample.csv"), content);
        out.reset();
        err.reset();
        var days = Stream.of("--from=2010-12-01", "--to=2010-12-01")
                .filter(day -> Stream.of(more).noneMatch(other -> other.startsWith(day.substring(0, 4))));
        String[] args = {"import", file.toString(), "--url=" + url};
        String[] all = Stream.of(Stream.of(args), days, Stream.of(more))
                .flatMap(part -> part)
                .toArray(String[]::new);
        return CommandLineTool.run(all);
    }

    private String row(String name) {
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElse("no row " + name);
    }

    @Test
    void a_day_is_settled_and_a_second_import_changes_nothing() throws IOException {
        Platform platform = Platform.shared();
        URI url = platform.uri("");
        String nobody = "--management=http://127.0.0.1:" + FreePort.find();
        assertThat(run(DAY, url, "--short=3", nobody)).as(out + "" + err).isZero();
        assertThat(row("orders placed")).isEqualTo("3");
        assertThat(row("orders confirmed")).isEqualTo("2");
        assertThat(row("orders rejected: insufficient-stock")).isEqualTo("1");
        assertThat(row("orders cancelled")).isEqualTo("1");
        assertThat(row("cancellations unmatched")).isEqualTo("1");
        assertThat(row("lines")).isEqualTo("4");
        assertThat(row("rows skipped: no goods (postage, fees, corrections)")).isEqualTo("1");
        assertThat(row("units ordered")).isEqualTo("17");
        assertThat(row("units sold")).isEqualTo("7");
        assertThat(row("cache hit ratio")).isEqualTo("no row cache hit ratio");
        platform.await(
                "/api/stock/20001A", stock -> stock.body().path("available").asInt() == 4);

        assertThat(run(
                        DAY,
                        url,
                        "--short=3",
                        "--management=" + platform.management().uri("")))
                .as(out + "" + err)
                .isZero();
        assertThat(row("orders confirmed")).isEqualTo("2");
        assertThat(row("orders cancelled")).isEqualTo("1");
        assertThat(row("notifications sent")).isEqualTo("0");
        assertThat(row("changed")).isEqualTo("nothing: all of it was there already");
    }

    @Test
    void a_malformed_file_is_named_by_its_line_and_nothing_is_sent() throws IOException {
        Platform platform = Platform.shared();
        String broken = HEADER
                + "7101,20101,MUG,4,2010-12-01 08:00:00,2.55,17850.0,United Kingdom\n"
                + "7102,20101,MUG,4,2010-12-01 08:00:00\n";
        assertThat(run(broken, platform.uri(""))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("line 3:", "nothing was sent");
        assertThat(platform.get("/api/stock/20101").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20301/A", "20301;A", "20301 A"})
    void nothing_is_sent_of_a_file_of_which_the_platform_would_refuse_a_row(String sku) throws IOException {
        Platform platform = Platform.shared();
        String broken = HEADER
                + "7301,20301,MUG,4,2010-12-01 08:00:00,2.55,17850.0,United Kingdom\n"
                + "7302,%s,MUG,4,2010-12-01 08:00:00,2.55,17850.0,United Kingdom\n".formatted(sku);
        assertThat(run(broken, platform.uri(""))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("line 3: StockCode '%s' must match".formatted(sku), "nothing was sent");
        assertThat(platform.get("/api/stock/20301").status()).isEqualTo(404);
    }

    @Test
    void a_file_of_days_that_end_before_they_begin_makes_no_sense() throws IOException {
        assertThat(run(DAY, URI.create("http://127.0.0.1:1"), "--to=2010-11-30"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--to must not be before --from");
    }

    @Test
    void what_the_platform_refuses_is_named_by_its_invoice() throws IOException {
        String taken = HEADER + "7201,20201,MUG,4,2010-12-01 08:00:00,2.55,17850.0,United Kingdom\n";
        assertThat(run(taken, Platform.shared().uri(""))).as(out + "" + err).isZero();
        String refused = taken.replace("17850", "17851");
        assertThat(run(refused, Platform.shared().uri(""))).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("failed: 7201: 422");
    }

    @Test
    void a_platform_that_is_not_there_is_said_in_one_line() throws IOException {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0)) {
            nobody = closed.getLocalPort();
        }
        assertThat(run(DAY, URI.create("http://127.0.0.1:" + nobody), "--first-pause=PT0.01S"))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no answer from");
    }

    @Test
    void a_command_line_that_makes_no_sense_sends_nothing() throws IOException {
        assertThat(run(DAY, URI.create("http://127.0.0.1:1"), "--concurrency=0"))
                .isEqualTo(2);
        assertThat(CommandLineTool.run(new String[] {"imprt"})).isEqualTo(2);
    }
}
