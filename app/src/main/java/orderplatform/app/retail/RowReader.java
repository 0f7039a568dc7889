package orderplatform.app.retail;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.regex.Pattern;
import orderplatform.api.Identifiers;
import orderplatform.api.Texts;
import orderplatform.api.inventory.StockCommand;
import orderplatform.api.orders.OrderLine;
import org.apache.commons.csv.CSVRecord;

/** Reads a row by the limits that the platform's own calls have; each fault names the line and the column. */
record RowReader(CSVRecord row, long line) {

    /** Else the 30th of February is read as the 28th. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm[:ss]").withResolverStyle(ResolverStyle.STRICT);

    /** Of a cell on several lines; a name has one. */
    private static final Pattern LAYOUT = Pattern.compile("[\\t\\r\\n]+");

    /** No exponents: a few characters of them make a number that fills the memory. */
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");

    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,18}([.][0-9]{0,18})?");
    private static final Pattern CUSTOMER = Pattern.compile("[0-9]{1,18}([.]0*)?");

    void requireColumns(int count) throws MalformedFile {
        if (row.size() != count) {
            throw new MalformedFile(line, row.size() + " columns instead of " + count);
        }
    }

    LocalDateTime time() throws MalformedFile {
        try {
            return LocalDateTime.parse(row.get("InvoiceDate"), TIME);
        } catch (DateTimeException notATime) {
            throw fault("InvoiceDate", "must be a time, such as 2010-12-01 08:26:00");
        }
    }

    Row read() throws MalformedFile {
        Row read = new Row(
                text("InvoiceNo"),
                text("StockCode"),
                LAYOUT.matcher(row.get("Description")).replaceAll(" ").strip(),
                quantity(),
                time(),
                price(),
                customer());
        if (read.skip().isEmpty()) {
            requireTakenByThePlatform(read);
        }
        return read;
    }

    /** Rows that are left out may hold what they like. */
    private void requireTakenByThePlatform(Row read) throws MalformedFile {
        require("InvoiceNo", read.invoice().matches(Identifiers.PATTERN), "must match " + Identifiers.PATTERN);
        require("StockCode", read.sku().matches(Identifiers.PATTERN), "must match " + Identifiers.PATTERN);
        require(
                "Description",
                read.name().length() <= StockCommand.Receive.MAX_NAME_CHARACTERS,
                "must have at most " + StockCommand.Receive.MAX_NAME_CHARACTERS + " characters");
        require("Description", Texts.isClean(read.name()), "must hold no control or unassigned characters");
        require(
                "Quantity",
                Math.abs((long) read.quantity()) <= OrderLine.MAX_QUANTITY,
                "must be at most " + OrderLine.MAX_QUANTITY);
        require(
                "UnitPrice",
                read.pennies() <= OrderLine.MAX_UNIT_PRICE,
                "must be at most " + BigDecimal.valueOf(OrderLine.MAX_UNIT_PRICE, 2));
    }

    private String text(String column) throws MalformedFile {
        require(column, !row.get(column).isBlank(), "must not be empty");
        return row.get(column);
    }

    private int quantity() throws MalformedFile {
        String text = row.get("Quantity");
        require("Quantity", INTEGER.matcher(text).matches(), "must be a whole number");
        long quantity = Long.parseLong(text);
        require("Quantity", quantity == (int) quantity, "must be at most " + OrderLine.MAX_QUANTITY);
        return (int) quantity;
    }

    private BigDecimal price() throws MalformedFile {
        String text = row.get("UnitPrice");
        require("UnitPrice", DECIMAL.matcher(text).matches(), "must be a number without exponent, such as 2.55");
        return new BigDecimal(text);
    }

    private String customer() throws MalformedFile {
        String text = row.get("CustomerID");
        if (text.isBlank()) {
            return Invoice.GUEST;
        }
        require("CustomerID", CUSTOMER.matcher(text).matches(), "must be a whole number or empty");
        return new BigDecimal(text).toBigIntegerExact().toString();
    }

    private void require(String column, boolean condition, String otherwise) throws MalformedFile {
        if (!condition) {
            throw fault(column, otherwise);
        }
    }

    private MalformedFile fault(String column, String reason) {
        return new MalformedFile(line, column, row.get(column), reason);
    }
}
