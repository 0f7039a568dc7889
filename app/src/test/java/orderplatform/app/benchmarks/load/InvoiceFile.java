package orderplatform.app.benchmarks.load;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.retail.MalformedFile;
import orderplatform.app.retail.RetailFile;
import orderplatform.app.retail.Stretch;

/**
 * Stretches of invoices for the rounds. The file of several months gives each round a month of its own, of which slow
 * contenders get the first days; without one, the day that the platform carries comes again under later dates and
 * other numbers.
 */
public final class InvoiceFile {

    private static final String CARRIED = "/demo/online-retail-2010-12-01.csv.gz";
    private static final LocalDate CARRIED_DAY = LocalDate.of(2010, 12, 1);
    private static final YearMonth FIRST_MONTH = YearMonth.of(2010, 12);
    private static final int DAYS_OF_SLOW_ONES = 2;

    private final Optional<Path> file;
    private final List<String> carried;
    private final int rowsOfSlowOnes;

    private InvoiceFile(Optional<Path> file, List<String> carried, int rowsOfSlowOnes) {
        this.file = file;
        this.carried = carried;
        this.rowsOfSlowOnes = rowsOfSlowOnes;
    }

    public static InvoiceFile of(Settings settings) throws IOException {
        try (InputStream content = InvoiceFile.class.getResourceAsStream(CARRIED);
                var reader = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(content), StandardCharsets.UTF_8))) {
            var rows = reader.lines().toList();
            return new InvoiceFile(settings.invoices(), rows, settings.size(rows.size(), 200));
        }
    }

    /** What a fast contender gets in a round. */
    public Stretch large(int round) throws IOException, MalformedFile {
        if (file.isEmpty()) {
            return copy(round, carried.size());
        }
        var month = FIRST_MONTH.plusMonths(round - 1);
        return RetailFile.read(file.get(), month.atDay(1), month.atEndOfMonth());
    }

    /** What a slow contender gets in a round. */
    public Stretch small(int round) throws IOException, MalformedFile {
        if (file.isEmpty()) {
            return copy(round, rowsOfSlowOnes);
        }
        var month = FIRST_MONTH.plusMonths(round - 1);
        return RetailFile.read(file.get(), month.atDay(1), month.atDay(DAYS_OF_SLOW_ONES));
    }

    private Stretch copy(int round, int rows) throws IOException, MalformedFile {
        var day = CARRIED_DAY.plusDays(round);
        var text = Stream.concat(
                        carried.stream().limit(1),
                        carried.stream().skip(1).limit(rows).map(row -> copy(row, round, day)))
                .collect(Collectors.joining("\n"));
        return RetailFile.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), day, day);
    }

    private static String copy(String row, int round, LocalDate day) {
        var numbered = row.startsWith("C") ? "C" + round + row.substring(1) : round + row;
        return numbered.replace(CARRIED_DAY.toString(), day.toString());
    }

    public String description() {
        return file.isEmpty()
                ? "Each round imports the day that the platform carries, under a date of its own."
                : "Each round imports a month; the peers import the first %d days of it.".formatted(DAYS_OF_SLOW_ONES);
    }
}
