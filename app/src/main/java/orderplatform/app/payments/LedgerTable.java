package orderplatform.app.payments;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Books in PostgreSQL. Any number of stand-ins may decide at once: each locks the payment first, and what one that is
 * killed has not committed, it has not answered.
 */
final class LedgerTable implements Ledger {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final JsonMapper json = new JsonMapper();

    private LedgerTable(DataSource database, Clock clock) {
        this.jdbc = JdbcClient.create(database);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(database));
        this.clock = clock;
    }

    static LedgerTable open(DataSource database, Clock clock) {
        LedgerTable ledger = new LedgerTable(database, clock);
        ledger.transactions.executeWithoutResult(_ -> ledger.create());
        return ledger;
    }

    /** Under a lock: two nodes that start at once would both make the schema, and one would fail. */
    private void create() {
        lock("schema");
        jdbc.sql("CREATE SCHEMA IF NOT EXISTS payment_stand_in").update();
        jdbc.sql("""
                CREATE TABLE IF NOT EXISTS payment_stand_in.entry (
                    payment_id text, step text, entry text NOT NULL, PRIMARY KEY (payment_id, step))""").update();
    }

    @Override
    public Optional<Entry> find(String paymentId, Step step) {
        return transactions.execute(_ -> locked(paymentId).find(step, clock.instant()));
    }

    @Override
    public Entry step(Entry.Request request, Function<Entry.Request, Entry> authorisation) {
        return transactions.execute(_ -> locked(request.paymentId()).step(request, authorisation, clock.instant()));
    }

    @Override
    public List<Account.Totals> totals() {
        return jdbc
                .sql("SELECT DISTINCT payment_id FROM payment_stand_in.entry ORDER BY payment_id")
                .query(String.class)
                .list()
                .stream()
                .map(this::totals)
                .toList();
    }

    private Account.Totals totals(String paymentId) {
        return transactions.execute(_ -> locked(paymentId).totals(clock.instant()));
    }

    private Account locked(String paymentId) {
        lock(paymentId);
        Account account = new Account(paymentId, this::store);
        jdbc.sql("SELECT entry FROM payment_stand_in.entry WHERE payment_id = ?")
                .param(paymentId)
                .query(String.class)
                .list()
                .forEach(entry -> account.remember(json.readValue(entry, Entry.class)));
        return account;
    }

    private void lock(String what) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('payment_stand_in ' || ?, 0)) IS NULL")
                .param(what)
                .query(Boolean.class)
                .single();
    }

    private void store(Entry entry) {
        jdbc.sql("""
                INSERT INTO payment_stand_in.entry (payment_id, step, entry) VALUES (?, ?, ?)
                ON CONFLICT (payment_id, step) DO UPDATE SET entry = excluded.entry""")
                .params(entry.paymentId(), entry.step().name(), json.writeValueAsString(entry))
                .update();
    }

    /** The data source is its owner's. */
    @Override
    public void close() {}
}
