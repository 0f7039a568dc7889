package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.TreeMap;
import orderplatform.app.Platform;
import orderplatform.app.importing.Import;
import orderplatform.app.retail.RetailFile;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import tools.jackson.databind.JsonNode;

/**
 * A shop's invoices, every projection rebuilt, and the rows against sums of the file. Of the carried day, or of
 * the gzipped file that {@code -Dinvoices=} names.
 */
@DisabledIf("orderplatform.app.Platform#isOnBaselineStores")
class InvoicesTest {

    private static final String CARRIED = "/demo/online-retail-2010-12-01.csv.gz";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int CLIENTS = 32;

    private static InputStream file() throws Exception {
        var path = System.getProperty("invoices", "");
        return path.isBlank() ? InvoicesTest.class.getResourceAsStream(CARRIED) : Files.newInputStream(Path.of(path));
    }

    @Test
    void every_projection_replayed_is_what_it_was_and_what_the_file_says() throws Exception {
        InvoiceSums sums;
        try (var file = file()) {
            sums = InvoiceSums.of(file);
        }
        var began = LocalDate.now(ZoneOffset.UTC);
        try (var platform = Platform.start()) {
            try (var file = file()) {
                var stretch = RetailFile.read(file, LocalDate.EPOCH, LocalDate.of(2100, 1, 1));
                var summary = new Import(stretch, 0, CLIENTS)
                        .run(platform.uri(""), platform.management().uri(""));
                assertThat(summary.complete()).isTrue();
            }
            awaitQuiet(platform);

            platform.post("/api/projections/replays", "").expect(202);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> replays(platform)
                            .valueStream()
                            .noneMatch(it -> it.path("finishedAt").isNull()));

            assertThat(replays(platform)).hasSize(3).allSatisfy(it -> {
                assertThat(it.path("state").asString()).as("%s", it).isEqualTo("SWAPPED");
                assertThat(it.path("comparison").path("equal").asBoolean())
                        .as("%s", it)
                        .isTrue();
            });
            assertThat(count(platform, "CONFIRMED")).isEqualTo(sums.orders() - sums.takenBack());
            assertThat(count(platform, "CANCELLED")).isEqualTo(sums.takenBack());
            assertThat(revenue(platform, began)).isEqualTo(expectedRevenue(sums));
            assertStock(platform, sums);
        }
    }

    private static JsonNode replays(Platform platform) {
        return platform.get("/api/projections/replays").expect(200).body().path("items");
    }

    private static void awaitQuiet(Platform platform) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            var now = platform.get("/api/projections").expect(200).body();
            Thread.sleep(500);
            return now.equals(platform.get("/api/projections").body())
                    && now.valueStream().allMatch(it -> it.path("lag").asLong() == 0);
        });
    }

    private static long count(Platform platform, String status) {
        long orders = 0;
        var path = "/api/orders?limit=200&status=" + status;
        var page = platform.get(path).expect(200).body();
        orders += page.path("items").size();
        while (!page.path("nextCursor").isNull()) {
            page = platform.get(path + "&cursor=" + page.path("nextCursor").asString())
                    .expect(200)
                    .body();
            orders += page.path("items").size();
        }
        return orders;
    }

    /** Pieces and pennies by SKU. */
    private static TreeMap<String, String> revenue(Platform platform, LocalDate from) {
        var found = new TreeMap<String, long[]>();
        var path = "/api/revenue?limit=200&from=%s&to=%s".formatted(from, from.plusDays(1));
        for (var cursor = ""; cursor != null; ) {
            var page = platform.get(path + cursor).expect(200).body();
            page.path("items").forEach(row -> {
                var sums = found.computeIfAbsent(row.path("sku").asString(), any -> new long[2]);
                sums[0] += row.path("quantity").asLong();
                sums[1] += row.path("amount").asLong();
            });
            cursor = page.path("nextCursor").isNull()
                    ? null
                    : "&cursor=" + page.path("nextCursor").asString();
        }
        var texts = new TreeMap<String, String>();
        found.forEach((sku, sums) -> texts.put(sku, sums[0] + " for " + sums[1]));
        return texts;
    }

    private static TreeMap<String, String> expectedRevenue(InvoiceSums sums) {
        var texts = new TreeMap<String, String>();
        sums.bySku.forEach((sku, of) -> {
            if (of[1] > 0) {
                texts.put(sku, of[1] + " for " + of[2]);
            }
        });
        return texts;
    }

    private static void assertStock(Platform platform, InvoiceSums sums) {
        var softly = new SoftAssertions();
        sums.bySku.forEach((sku, of) -> {
            var stock = platform.get("/api/stock/" + sku.replace(" ", "%20")).expect(200);
            softly.assertThat("%d, %d, %d"
                            .formatted(stock.number("onHand"), stock.number("allocated"), stock.number("reserved")))
                    .as(sku)
                    .isEqualTo("%d, %d, 0".formatted(of[0], of[1]));
        });
        softly.assertAll();
    }
}
