package orderplatform.app.retail;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The goods of one invoice, or with negative quantities of one cancellation, in the order of the file. */
public record Invoice(String number, LocalDateTime time, String customer, List<Line> lines) {

    /** The customer of an invoice that names none. */
    public static final String GUEST = "guest";

    /** @param pennies price of one piece */
    public record Line(String sku, int quantity, long pennies) {}

    Invoice(Row first) {
        this(first.invoice(), first.time(), first.customer(), new ArrayList<>());
    }

    public long units() {
        return lines.stream().mapToLong(Line::quantity).sum();
    }

    Map<String, Long> unitsBySku() {
        Map<String, Long> units = new TreeMap<>();
        lines.forEach(line -> units.merge(line.sku(), (long) line.quantity(), Long::sum));
        return units;
    }

    /** Whether this cancellation takes back exactly what an earlier invoice of the same customer sold. */
    public boolean cancels(Invoice sale) {
        Map<String, Long> taken = new TreeMap<>();
        unitsBySku().forEach((sku, units) -> taken.put(sku, -units));
        return customer.equals(sale.customer) && !time.isBefore(sale.time) && taken.equals(sale.unitsBySku());
    }
}
