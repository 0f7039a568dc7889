package orderplatform.app.payments;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** Books in a file of JSON lines. */
final class LedgerFile implements Ledger {

    private final Path file;
    private final Clock clock;
    private final OutputStream lines;
    private final JsonMapper json = new JsonMapper();
    private final Map<String, Account> accounts = new LinkedHashMap<>();

    private LedgerFile(Path file, Clock clock, OutputStream lines) {
        this.file = file;
        this.clock = clock;
        this.lines = lines;
    }

    static LedgerFile open(Path file, Clock clock) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        LedgerFile ledger = new LedgerFile(
                file, clock, Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        ledger.replay();
        return ledger;
    }

    private void replay() throws IOException {
        String content = Files.readString(file);
        // A killed process may have left an unfinished line; nobody was answered on its strength.
        String whole = content.substring(0, content.lastIndexOf('\n') + 1);
        if (whole.length() < content.length()) {
            Files.writeString(file, whole);
        }
        whole.lines()
                .map(line -> json.readValue(line, Entry.class))
                .forEach(entry -> account(entry.paymentId()).remember(entry));
    }

    @Override
    public synchronized Optional<Entry> find(String paymentId, Step step) {
        return Optional.ofNullable(accounts.get(paymentId)).flatMap(account -> account.find(step, clock.instant()));
    }

    @Override
    public synchronized Entry step(Entry.Request request, Function<Entry.Request, Entry> authorisation) {
        return account(request.paymentId()).step(request, authorisation, clock.instant());
    }

    @Override
    public synchronized List<Account.Totals> totals() {
        return accounts.values().stream()
                .map(account -> account.totals(clock.instant()))
                .toList();
    }

    private Account account(String paymentId) {
        return accounts.computeIfAbsent(paymentId, id -> new Account(id, this::append));
    }

    private void append(Entry entry) {
        try {
            lines.write((json.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public synchronized void close() {
        try {
            lines.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
