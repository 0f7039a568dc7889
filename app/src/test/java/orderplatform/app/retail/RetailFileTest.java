package orderplatform.app.retail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

public class RetailFileTest {

    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
    private static final LocalDate DAY = LocalDate.of(2010, 12, 1);

    public static Stretch read(String... rows) throws IOException, MalformedFile {
        return RetailFile.read(stream(rows), DAY, DAY.plusDays(1));
    }

    private static InputStream stream(String... rows) {
        String content = HEADER + String.join("\n", rows) + "\n";
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return zipped.toByteArray();
    }

    @Test
    void an_invoice_is_its_rows_in_the_order_of_the_file() throws Exception {
        Stretch stretch = read(
                "1001,10001A,\"MUG, RED\",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom",
                "1001,10002,BOX,2,2010-12-01 08:26:00,1.00,17850.0,United Kingdom",
                "1001,10001A,\"MUG, RED\",1,2010-12-01 08:26:00,2.10,17850.0,United Kingdom");
        Invoice invoice = stretch.sales().getFirst();
        assertThat(stretch.sales()).hasSize(1);
        assertThat(invoice.customer()).isEqualTo("17850");
        assertThat(invoice.lines())
                .containsExactly(
                        new Invoice.Line("10001A", 6, 255),
                        new Invoice.Line("10002", 2, 100),
                        new Invoice.Line("10001A", 1, 210));
        assertThat(stretch.lines()).isEqualTo(3);
    }

    @Test
    void half_a_penny_is_rounded_up() throws Exception {
        Stretch stretch = read("1001,10001,MUG,1,2010-12-01 08:26:00,0.125,1.0,UK");
        assertThat(stretch.sales().getFirst().lines().getFirst().pennies()).isEqualTo(13);
    }

    @Test
    void a_row_without_a_customer_is_a_guest() throws Exception {
        Stretch stretch = read("1001,10001,MUG,1,2010-12-01 08:26:00,1,,UK");
        assertThat(stretch.sales().getFirst().customer()).isEqualTo("guest");
    }

    @Test
    void rows_that_are_no_goods_are_counted_by_reason_and_make_no_order() throws Exception {
        Stretch stretch = read(
                "1001,POST,POSTAGE,1,2010-12-01 08:26:00,18.00,1.0,UK",
                "1001,1234,CARRIAGE,1,2010-12-01 08:26:00,15.00,1.0,UK",
                "1002,10001,,5,2010-12-01 08:26:00,0,,UK",
                "1003,10001,lost,-5,2010-12-01 08:26:00,1,,UK",
                "A104,B,Adjust bad debt,1,2010-12-01 08:26:00,-11.5,,UK");
        assertThat(stretch.sales()).isEmpty();
        assertThat(stretch.receipts(0)).isEmpty();
        assertThat(stretch.skipped()).isEqualTo(Map.of(Skip.NOT_GOODS, 3, Skip.NO_PRICE, 1, Skip.NO_QUANTITY, 1));
    }

    @Test
    void stock_comes_in_once_for_each_day_and_sku() throws Exception {
        Stretch stretch = read(
                "1001,10002,BOX,4,2010-12-01 08:26:00,1,1.0,UK",
                "1002,10001,MUG,3,2010-12-01 09:26:00,1,1.0,UK",
                "1003,10002,BOX,2,2010-12-01 10:26:00,1,1.0,UK",
                "1004,10002,BOX,7,2010-12-02 10:26:00,1,1.0,UK");
        assertThat(stretch.receipts(0))
                .containsExactly(
                        new Stretch.Receipt(DAY, "10001", "MUG", 3),
                        new Stretch.Receipt(DAY, "10002", "BOX", 6),
                        new Stretch.Receipt(DAY.plusDays(1), "10002", "BOX", 7));
    }

    @Test
    void every_nth_sku_of_a_day_is_half_short() throws Exception {
        Stretch stretch = read(
                "1001,10001,MUG,4,2010-12-01 08:26:00,1,1.0,UK",
                "1001,10002,BOX,5,2010-12-01 08:26:00,1,1.0,UK",
                "1001,10003,BAG,6,2010-12-01 08:26:00,1,1.0,UK",
                "1001,10004,PEN,1,2010-12-01 08:26:00,1,1.0,UK");
        assertThat(stretch.receipts(2).stream().map(Stretch.Receipt::quantity)).containsExactly(4L, 2L, 6L, 1L);
    }

    @Test
    void rows_outside_the_days_are_left_out() throws Exception {
        Stretch stretch = read(
                "1001,10001,MUG,4,2010-11-30 23:59:00,1,1.0,UK",
                "1002,10001,MUG,4,2010-12-02 23:59:00,1,1.0,UK",
                "1003,10001,MUG,4,2010-12-03 00:00:00,1,1.0,UK");
        assertThat(stretch.sales().stream().map(Invoice::number)).containsExactly("1002");
    }

    @Test
    void a_gzipped_file_reads_the_same() throws Exception {
        byte[] zipped = gzip(HEADER + "1001,10001,MUG,4,2010-12-01 08:26:00,1,1.0,UK\n");
        Stretch stretch = RetailFile.read(new ByteArrayInputStream(zipped), DAY, DAY);
        assertThat(stretch.sales()).hasSize(1);
    }

    static Stream<Arguments> badRows() {
        String good = "1001,10001,MUG,4,2010-12-01 08:26:00,1,1.0,UK";
        return Stream.of(
                Arguments.of(good.replace(",4,", ",four,"), "Quantity 'four'"),
                Arguments.of(good.replace(",4,", ",,"), "Quantity ''"),
                Arguments.of(good.replace(",4,", ",4.5,"), "Quantity '4.5'"),
                Arguments.of(good.replace(",4,", ",1000001,"), "Quantity '1000001' must be at most 1000000"),
                Arguments.of(good.replace(",4,", ",9999999999,"), "Quantity '9999999999' must be at most 1000000"),
                Arguments.of(good.replace(",4,", ",\u0664,"), "Quantity '\u0664'"),
                Arguments.of(good.replace(",1,", ",1E+30,"), "UnitPrice '1E+30'"),
                Arguments.of(good.replace(",1,", ",1E+999999999,"), "UnitPrice '1E+999999999'"),
                Arguments.of(good.replace(",1,", ",\"2,55\","), "UnitPrice '2,55'"),
                Arguments.of(good.replace(",1,", ",NaN,"), "UnitPrice 'NaN'"),
                Arguments.of(
                        good.replace(",1,", ",10000000.01,"), "UnitPrice '10000000.01' must be at most 10000000.00"),
                Arguments.of(good.replace(",1,", ",9999999999999999999,"), "UnitPrice '9999999999999999999'"),
                Arguments.of(good.replace("1.0", "one"), "CustomerID 'one'"),
                Arguments.of(good.replace("1.0", "1.5"), "CustomerID '1.5'"),
                Arguments.of(good.replace("1.0", "-1"), "CustomerID '-1'"),
                Arguments.of(good.replace("1.0", "1E+9999999"), "CustomerID '1E+9999999'"),
                Arguments.of(good.replace("2010-12-01 08:26:00", "yesterday"), "InvoiceDate 'yesterday'"),
                Arguments.of(good.replace("12-01", "02-30"), "InvoiceDate '2010-02-30 08:26:00'"),
                Arguments.of(good.replace("2010-12-01", "2011-02-29"), "InvoiceDate '2011-02-29 08:26:00'"),
                Arguments.of(good.replace("08:26", "24:26"), "InvoiceDate '2010-12-01 24:26:00'"),
                Arguments.of(good.replaceFirst("1001", ""), "InvoiceNo ''"),
                Arguments.of(good.replaceFirst("1001", "10 01"), "InvoiceNo '10 01'"),
                Arguments.of(good.replaceFirst("1001", "1".repeat(65)), "InvoiceNo '" + "1".repeat(60) + "...'"),
                Arguments.of(good.replace(",10001,", ",,"), "StockCode ''"),
                Arguments.of(good.replace("10001", "10001/A"), "StockCode '10001/A'"),
                Arguments.of(good.replace("10001", "10001;A"), "StockCode '10001;A'"),
                Arguments.of(good.replace("MUG", "x".repeat(201)), "Description 'xxx"),
                Arguments.of(good.replace("MUG", "M\u001bG"), "Description 'M\uFFFDG'"),
                Arguments.of(good.replace("MUG", "M\u202eG"), "Description 'M\uFFFDG'"),
                Arguments.of(good.replace("MUG", "\"MUG\"x"), "Description goes on after its closing quote"),
                Arguments.of(good.replace("MUG", "\"MUG"), "Description begins with a quote that never ends"),
                Arguments.of(good.replace("UK", "\"UK\n\n\n"), "Country begins with a quote that never ends"),
                Arguments.of("1001,10001,MUG,4,2010-12-01 08:26:00,1", "6 columns instead of 8"),
                Arguments.of(good + ",more", "9 columns instead of 8"));
    }

    @ParameterizedTest
    @MethodSource("badRows")
    void names_the_line_the_column_and_the_reason(String bad, String reason) {
        String quoted = "1001,10001,\"MUG,\"\"\r\nRED\",4,2010-12-01 08:26:00,1,1.0,UK";
        assertThatThrownBy(() -> read(quoted, bad))
                .isInstanceOf(MalformedFile.class)
                .hasMessageStartingWith("line 4: " + reason);
    }

    @Test
    void leaves_out_the_byte_order_mark_and_blank_lines() throws Exception {
        String content =
                "\uFEFF" + HEADER.strip() + "\r\n\r\n1001,10001,MUG,4,2010-12-01 08:26:00,1,1.0,UK\r\n\r\n  \r\n";
        Stretch stretch = RetailFile.read(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), DAY, DAY);
        assertThat(stretch.lines()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "windows-1252"})
    void refuses_another_charset_than_utf_8(String charset) {
        String content = HEADER
                + "1001,10001,MUG,4,2010-12-01 08:26:00,1,1.0,UK\n1001,10001,CAFÉ,4,2010-12-01 08:26:00,1,1.0,UK\n";
        assertThatThrownBy(() ->
                        RetailFile.read(new ByteArrayInputStream(content.getBytes(Charset.forName(charset))), DAY, DAY))
                .isInstanceOf(MalformedFile.class)
                .hasMessageStartingWith("line 3: Description is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE"})
    void refuses_a_charset_of_two_bytes_at_its_first_line(String charset) {
        byte[] content = HEADER.getBytes(Charset.forName(charset));
        assertThatThrownBy(() -> RetailFile.read(new ByteArrayInputStream(content), DAY, DAY))
                .isInstanceOf(MalformedFile.class)
                .hasMessageStartingWith("line 1: ");
    }

    @Test
    void names_the_place_where_gzipped_data_breaks_off() throws Exception {
        Random random = new Random(17);
        String rows = IntStream.range(0, 5_000)
                .mapToObj(i -> "%d,10001,MUG %x,4,2010-12-01 08:26:00,1,1.0,UK\n".formatted(i, random.nextLong()))
                .collect(Collectors.joining());
        byte[] whole = gzip(HEADER + rows);
        for (int length : List.of(1, 9, 200, whole.length / 2, whole.length - 9, whole.length - 1)) {
            byte[] truncated = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> RetailFile.read(new ByteArrayInputStream(truncated), DAY, DAY))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(MalformedFile.class)
                    .hasMessageMatching("line \\d+: \\w+ is where the gzipped data breaks off or is damaged");
        }
        whole[whole.length / 2] ^= 0x55;
        assertThatThrownBy(() -> RetailFile.read(new ByteArrayInputStream(whole), DAY, DAY))
                .isInstanceOf(MalformedFile.class);
    }

    @Test
    void refuses_more_lines_of_an_invoice_than_an_order_may_have() {
        String[] rows = IntStream.range(0, 2_001)
                .mapToObj(i -> "1001,10001,MUG,4,2010-12-01 08:26:00,1,1.0,UK")
                .toArray(String[]::new);
        assertThatThrownBy(() -> read(rows))
                .isInstanceOf(MalformedFile.class)
                .hasMessage("line 2002: InvoiceNo '1001' must stand on at most 2000 lines");
    }

    @Test
    void refuses_a_demand_that_is_more_than_a_receipt_may_bring() {
        String[] rows = IntStream.range(0, 1_001)
                .mapToObj(i -> "%d,10001,MUG,1000000,2010-12-01 08:26:00,1,1.0,UK".formatted(i))
                .toArray(String[]::new);
        assertThatThrownBy(() -> read(rows))
                .isInstanceOf(MalformedFile.class)
                .hasMessageStartingWith("line 1002: Quantity of a day and a StockCode must be at most 1000000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b\n1,2\n", "a,a\n", ",,\n", "InvoiceNo,InvoiceNo\n", "\n"})
    void a_file_with_other_columns_is_refused(String content) {
        assertThatThrownBy(() ->
                        RetailFile.read(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), DAY, DAY))
                .isInstanceOf(MalformedFile.class)
                .hasMessage("line 1: the columns must be " + HEADER.strip());
    }

    @Test
    void columns_may_be_quoted() throws Exception {
        String content = HEADER.strip().replaceAll("\\w+", "\"$0\"") + "\n";
        assertThat(RetailFile.read(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), DAY, DAY)
                        .lines())
                .isZero();
    }

    @Test
    void the_carried_day_is_127_orders_and_5_cancellations_and_every_row_of_it_counts() throws Exception {
        try (InputStream day = RetailFileTest.class.getResourceAsStream("/demo/online-retail-2010-12-01.csv.gz")) {
            Stretch stretch = RetailFile.read(day, DAY, DAY);
            assertThat(stretch.sales()).hasSize(127);
            assertThat(stretch.cancellations()).hasSize(5);
            assertThat(stretch.lines()
                            + stretch.cancellations().stream()
                                    .mapToInt(c -> c.lines().size())
                                    .sum()
                            + stretch.skipped().values().stream()
                                    .mapToInt(Integer::intValue)
                                    .sum())
                    .isEqualTo(3108);
        }
    }
}
