package orderplatform.app.retail;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads files in the form of the "Online Retail" data set, plain or gzipped, in UTF-8. */
public final class RetailFile {

    private static final List<String> COLUMNS = List.of(
            "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country");
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader(COLUMNS.toArray(String[]::new))
            .get();

    private RetailFile() {}

    /**
     * Reads what the platform will take; nothing else makes an order.
     *
     * @param from first day
     * @param to last day
     * @throws MalformedFile at the first row that cannot be read, or that the platform would refuse
     */
    public static Stretch read(Path file, LocalDate from, LocalDate to) throws IOException, MalformedFile {
        try (InputStream content = Files.newInputStream(file)) {
            return read(content, from, to);
        }
    }

    /** As for a file, from a stream. */
    public static Stretch read(InputStream content, LocalDate from, LocalDate to) throws IOException, MalformedFile {
        String text = CsvText.read(content, COLUMNS);
        try (CSVParser parser = CSVParser.builder()
                .setReader(new StringReader(text))
                .setFormat(FORMAT)
                .get()) {
            return read(parser, from, to);
        }
    }

    private static Stretch read(CSVParser parser, LocalDate from, LocalDate to) throws MalformedFile {
        Iterator<CSVRecord> rows = parser.iterator();
        if (!rows.hasNext() || !rows.next().toList().equals(COLUMNS)) {
            throw new MalformedFile(1, "the columns must be " + String.join(",", COLUMNS));
        }
        Stretch.Builder stretch = new Stretch.Builder();
        long line = parser.getCurrentLineNumber() + 1;
        while (rows.hasNext()) {
            CSVRecord row = rows.next();
            if (!isBlank(row)) {
                add(new RowReader(row, line), from, to, stretch);
            }
            line = parser.getCurrentLineNumber() + 1;
        }
        return stretch.build();
    }

    private static boolean isBlank(CSVRecord row) {
        return row.size() == 1 && row.get(0).isBlank();
    }

    private static void add(RowReader row, LocalDate from, LocalDate to, Stretch.Builder stretch) throws MalformedFile {
        row.requireColumns(COLUMNS.size());
        LocalDate day = row.time().toLocalDate();
        if (!day.isBefore(from) && !day.isAfter(to)) {
            stretch.add(row.read(), row.line());
        }
    }
}
