package orderplatform.app.payments;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/** The provider's books: every step of every payment once, stored before it is answered. */
public sealed interface Ledger extends AutoCloseable permits LedgerFile, LedgerTable {

    /**
     * Books of one stand-in alone.
     *
     * @param lines JSON lines, continued if the file exists
     * @throws IOException if the file cannot be read
     */
    static Ledger inFile(Path lines) throws IOException {
        return LedgerFile.open(lines, Clock.systemUTC());
    }

    /** Books that all stand-ins on the same database share, in a schema of their own that the first one makes. */
    static Ledger inDatabase(DataSource database) {
        return LedgerTable.open(database, Clock.systemUTC());
    }

    Optional<Entry> find(String paymentId, Step step);

    /** Answers a step that was seen before as before, else decides it, keeping the books balanced. */
    Entry step(Entry.Request request, Function<Entry.Request, Entry> authorisation);

    List<Account.Totals> totals();

    @Override
    void close();
}
