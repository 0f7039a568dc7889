package orderplatform.app.importing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads files in the form of the "Online Retail" data set, plain or gzipped. */
public final class RetailFile {

    private static final List<String> COLUMNS = List.of(
            "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country");
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm[:ss]");
    private static final int GZIP_MAGIC = 0x1f;

    private RetailFile() {}

    /**
     * @param from first day
     * @param to last day
     * @throws MalformedFile at the first row that cannot be read
     */
    public static Stretch read(Path file, LocalDate from, LocalDate to) throws IOException, MalformedFile {
        try (InputStream content = Files.newInputStream(file)) {
            return read(content, from, to);
        }
    }

    /** As for a file, from a stream. */
    public static Stretch read(InputStream content, LocalDate from, LocalDate to) throws IOException, MalformedFile {
        try (Reader reader = new InputStreamReader(plain(content), StandardCharsets.UTF_8);
                CSVParser parser =
                        CSVParser.builder().setReader(reader).setFormat(FORMAT).get()) {
            if (!parser.getHeaderNames().equals(COLUMNS)) {
                throw new MalformedFile(1, "the columns must be " + String.join(",", COLUMNS));
            }
            return read(parser, from, to);
        }
    }

    private static InputStream plain(InputStream content) throws IOException {
        InputStream buffered = new BufferedInputStream(content);
        buffered.mark(1);
        int first = buffered.read();
        buffered.reset();
        return first == GZIP_MAGIC ? new GZIPInputStream(buffered) : buffered;
    }

    private static Stretch read(CSVParser parser, LocalDate from, LocalDate to) throws MalformedFile {
        Stretch.Builder stretch = new Stretch.Builder();
        long line = parser.getCurrentLineNumber();
        try {
            for (CSVRecord row : parser) {
                LocalDate day = time(row, line + 1).toLocalDate();
                if (!day.isBefore(from) && !day.isAfter(to)) {
                    stretch.add(row(row, line + 1));
                }
                line = parser.getCurrentLineNumber();
            }
        } catch (UncheckedIOException unreadable) {
            throw new MalformedFile(line + 1, String.valueOf(unreadable.getMessage()));
        }
        return stretch.build();
    }

    private static LocalDateTime time(CSVRecord row, long line) throws MalformedFile {
        if (row.size() != COLUMNS.size()) {
            throw new MalformedFile(line, "%d columns instead of %d".formatted(row.size(), COLUMNS.size()));
        }
        try {
            return LocalDateTime.parse(row.get("InvoiceDate"), TIME);
        } catch (DateTimeException notATime) {
            throw new MalformedFile(line, "InvoiceDate '%s' is no time".formatted(row.get("InvoiceDate")));
        }
    }

    private static Row row(CSVRecord row, long line) throws MalformedFile {
        String customer = row.get("CustomerID");
        if (row.get("InvoiceNo").isBlank() || row.get("StockCode").isBlank()) {
            throw new MalformedFile(line, "InvoiceNo and StockCode must not be empty");
        }
        try {
            return new Row(
                    row.get("InvoiceNo"),
                    row.get("StockCode"),
                    row.get("Description").strip(),
                    Integer.parseInt(row.get("Quantity")),
                    time(row, line),
                    new BigDecimal(row.get("UnitPrice")),
                    customer.isBlank()
                            ? Row.GUEST
                            : new BigDecimal(customer).toBigIntegerExact().toString());
        } catch (ArithmeticException | NumberFormatException notANumber) {
            throw new MalformedFile(line, "Quantity, UnitPrice and CustomerID must be numbers");
        }
    }
}
