package orderplatform.app.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class RetailFileTest {

    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
    private static final LocalDate DAY = LocalDate.of(2010, 12, 1);

    static Stretch read(String... rows) throws IOException, MalformedFile {
        return RetailFile.read(stream(rows), DAY, DAY.plusDays(1));
    }

    private static InputStream stream(String... rows) {
        String content = HEADER + String.join("\n", rows) + "\n";
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
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
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            stream("1001,10001,MUG,4,2010-12-01 08:26:00,1,1.0,UK").transferTo(gzip);
        }
        Stretch stretch = RetailFile.read(new ByteArrayInputStream(zipped.toByteArray()), DAY, DAY);
        assertThat(stretch.sales()).hasSize(1);
    }

    @Test
    void a_malformed_row_is_named_by_its_line() {
        String good = "1001,10001,\"MUG\nRED\",4,2010-12-01 08:26:00,1,1.0,UK";
        for (String bad : List.of(
                "1001,10001,MUG,four,2010-12-01 08:26:00,1,1.0,UK",
                "1001,10001,MUG,4,yesterday,1,1.0,UK",
                "1001,10001,MUG,4,2010-12-01 08:26:00,1,one,UK",
                "1001,10001,MUG,4,2010-12-01 08:26:00,1",
                ",10001,MUG,4,2010-12-01 08:26:00,1,1.0,UK",
                "1001,10001,\"MUG\"x,4,2010-12-01 08:26:00,1,1.0,UK")) {
            assertThatThrownBy(() -> read(good, bad))
                    .as(bad)
                    .isInstanceOf(MalformedFile.class)
                    .hasMessageStartingWith("line 4:");
        }
    }

    @Test
    void a_file_with_other_columns_is_refused() {
        assertThatThrownBy(() -> RetailFile.read(
                        new ByteArrayInputStream("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)), DAY, DAY))
                .isInstanceOf(MalformedFile.class)
                .hasMessageStartingWith("line 1:");
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
