package orderplatform.app.journeys;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;

/**
 * What a shop sells by its file of invoices, if it has everything in stock and all customers pay: an own reading of the
 * file, which shares nothing with the import. A cancellation takes back the latest earlier sale to the same customer of the
 * same pieces, whole, if there is one that no other cancellation took.
 */
final class InvoiceSums {

    /** By SKU: pieces that came in, pieces that stayed sold, and what those brought in, in pennies. */
    final Map<String, long[]> bySku = new TreeMap<>();

    private final Map<String, Invoice> sales = new HashMap<>();
    private final Map<String, Invoice> cancellations = new HashMap<>();

    private static final class Invoice {
        final String number;
        final String customer;
        final String time;
        final Map<String, Long> pieces = new TreeMap<>();
        final Map<String, Long> pennies = new TreeMap<>();
        boolean isTakenBack;

        Invoice(String number, String customer, String time) {
            this.number = number;
            this.customer = customer;
            this.time = time;
        }
    }

    static InvoiceSums of(InputStream zipped) throws Exception {
        var sums = new InvoiceSums();
        var format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var rows = format.parse(new InputStreamReader(new GZIPInputStream(zipped), StandardCharsets.UTF_8))) {
            rows.forEach(row -> sums.read(
                    row.get(0),
                    row.get(1),
                    Long.parseLong(row.get(3)),
                    row.get(4),
                    new BigDecimal(row.get(5)),
                    row.get(6)));
        }
        sums.takeBack();
        sums.add();
        return sums;
    }

    private void read(String number, String sku, long quantity, String time, BigDecimal price, String customer) {
        boolean isBack = number.startsWith("C");
        boolean isGoods = sku.length() >= 5 && sku.substring(0, 5).chars().allMatch(Character::isDigit);
        if (isGoods && price.signum() > 0 && (isBack ? quantity < 0 : quantity > 0)) {
            var invoice = (isBack ? cancellations : sales)
                    .computeIfAbsent(number, any -> new Invoice(number, customer, time));
            long pennies = price.multiply(BigDecimal.valueOf(100))
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
            invoice.pieces.merge(sku, Math.abs(quantity), Long::sum);
            invoice.pennies.merge(sku, Math.abs(quantity) * pennies, Long::sum);
        }
    }

    private void takeBack() {
        Map<String, List<Invoice>> latestFirst = new HashMap<>();
        sales.values().stream()
                .sorted((one, other) -> (other.time + other.number).compareTo(one.time + one.number))
                .forEach(sale -> latestFirst
                        .computeIfAbsent(sale.customer + sale.pieces, any -> new ArrayList<>())
                        .add(sale));
        cancellations.values().stream()
                .sorted((one, other) -> (one.time + one.number).compareTo(other.time + other.number))
                .forEach(back -> latestFirst.getOrDefault(back.customer + back.pieces, List.of()).stream()
                        .filter(sale -> !sale.isTakenBack && sale.time.compareTo(back.time) <= 0)
                        .findFirst()
                        .ifPresent(sale -> sale.isTakenBack = true));
    }

    private void add() {
        for (var sale : sales.values()) {
            sale.pieces.forEach((sku, quantity) -> {
                var sums = bySku.computeIfAbsent(sku, any -> new long[3]);
                sums[0] += quantity;
                sums[1] += sale.isTakenBack ? 0 : quantity;
                sums[2] += sale.isTakenBack ? 0 : sale.pennies.get(sku);
            });
        }
    }

    long orders() {
        return sales.size();
    }

    long takenBack() {
        return sales.values().stream().filter(sale -> sale.isTakenBack).count();
    }
}
