package orderplatform.app.retail;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import orderplatform.api.inventory.StockCommand;
import orderplatform.api.orders.OrderCommand;

/** What happened in the shop from one day to another: all of it read and checked. */
public final class Stretch {

    private final List<Invoice> sales;
    private final List<Invoice> cancellations;
    private final List<Receipt> demand;
    private final Map<Skip, Integer> skipped;

    /** The goods that one day's invoices ask for. */
    public record Receipt(LocalDate day, String sku, String name, long quantity) {

        Receipt plus(long more) {
            return new Receipt(day, sku, name, quantity + more);
        }

        /** Never none, because goods that never came in are unknown instead of short. */
        Receipt half() {
            return new Receipt(day, sku, name, Math.max(1, quantity / 2));
        }
    }

    private Stretch(Builder builder) {
        this.sales = List.copyOf(builder.sales.values());
        this.cancellations = List.copyOf(builder.cancellations.values());
        this.demand = builder.demand.values().stream()
                .flatMap(day -> day.values().stream())
                .toList();
        this.skipped = builder.skipped;
    }

    public List<Invoice> sales() {
        return sales;
    }

    public List<Invoice> cancellations() {
        return cancellations;
    }

    public Map<Skip, Integer> skipped() {
        return skipped;
    }

    public int lines() {
        return sales.stream().mapToInt(sale -> sale.lines().size()).sum();
    }

    /**
     * A receipt for each day and SKU, by day and by code.
     *
     * @param shortEvery every so many SKUs of a day only half of the demand comes in; 0 for never
     */
    public List<Receipt> receipts(int shortEvery) {
        List<Receipt> receipts = new ArrayList<>();
        LocalDate day = LocalDate.MIN;
        int place = 0;
        for (Receipt full : demand) {
            place = full.day().equals(day) ? place + 1 : 1;
            day = full.day();
            receipts.add(shortEvery > 0 && place % shortEvery == 0 ? full.half() : full);
        }
        return receipts;
    }

    static final class Builder {

        private final Map<String, Invoice> sales = new LinkedHashMap<>();
        private final Map<String, Invoice> cancellations = new LinkedHashMap<>();
        private final Map<LocalDate, Map<String, Receipt>> demand = new TreeMap<>();
        private final Map<Skip, Integer> skipped = new EnumMap<>(Skip.class);

        /**
         * @param line of the row in the file
         * @throws MalformedFile if the platform would refuse an order of so many lines, or a receipt of so many pieces
         */
        void add(Row row, long line) throws MalformedFile {
            Optional<Skip> skip = row.skip();
            if (skip.isPresent()) {
                skipped.merge(skip.get(), 1, Integer::sum);
                return;
            }
            addToInvoice(row, line);
            if (!row.cancels()) {
                addToDemand(row, line);
            }
        }

        private void addToInvoice(Row row, long line) throws MalformedFile {
            List<Invoice.Line> lines = (row.cancels() ? cancellations : sales)
                    .computeIfAbsent(row.invoice(), number -> new Invoice(row))
                    .lines();
            lines.add(new Invoice.Line(row.sku(), row.quantity(), row.pennies()));
            if (lines.size() > OrderCommand.Place.MAX_LINES) {
                throw new MalformedFile(
                        line,
                        "InvoiceNo",
                        row.invoice(),
                        "must stand on at most " + OrderCommand.Place.MAX_LINES + " lines");
            }
        }

        private void addToDemand(Row row, long line) throws MalformedFile {
            LocalDate day = row.time().toLocalDate();
            Receipt receipt = demand.computeIfAbsent(day, any -> new TreeMap<>())
                    .merge(
                            row.sku(),
                            new Receipt(day, row.sku(), row.name(), row.quantity()),
                            (known, more) -> known.plus(more.quantity()));
            if (receipt.quantity() > StockCommand.Receive.MAX_QUANTITY) {
                throw new MalformedFile(
                        line,
                        "Quantity",
                        "of a day and a StockCode must be at most " + StockCommand.Receive.MAX_QUANTITY + " in all");
            }
        }

        Stretch build() {
            return new Stretch(this);
        }
    }
}
