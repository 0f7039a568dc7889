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

/** The provider's books: every step of every payment once, on disk before it is answered. */
final class Ledger implements AutoCloseable {

    private final Path file;
    private final Clock clock;
    private final OutputStream lines;
    private final JsonMapper json = new JsonMapper();
    private final Map<String, Account> accounts = new LinkedHashMap<>();

    private Ledger(Path file, Clock clock, OutputStream lines) {
        this.file = file;
        this.clock = clock;
        this.lines = lines;
    }

    static Ledger open(Path file, Clock clock) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Ledger ledger = new Ledger(
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
        whole.lines().map(line -> json.readValue(line, Entry.class)).forEach(this::remember);
    }

    synchronized Optional<Entry> find(String paymentId, Step step) {
        return Optional.ofNullable(accounts.get(paymentId))
                .flatMap(account -> account.step(step))
                .map(this::asOfNow);
    }

    /** Answers a step that was seen before as before, else decides it, keeping the books balanced. */
    synchronized Entry step(Entry.Request request, Function<Entry.Request, Entry> authorisation) {
        Optional<Entry> seen = find(request.paymentId(), request.step());
        if (seen.isPresent()) {
            return seen.get();
        }
        Account account = accounts.computeIfAbsent(request.paymentId(), Account::new);
        account.step(Step.AUTHORISE).ifPresent(this::asOfNow);
        if (request.step() == Step.VOID) {
            account.pendingAuthorisation().ifPresent(pending -> append(Entry.declined(pending.request(), "voided")));
        }
        return append(account.decide(request, authorisation));
    }

    synchronized List<Account.Totals> totals() {
        return accounts.values().stream()
                .peek(account -> account.step(Step.AUTHORISE).ifPresent(this::asOfNow))
                .map(Account::totals)
                .toList();
    }

    private Entry asOfNow(Entry entry) {
        Entry now = entry.at(clock.instant());
        return now.status() == entry.status() ? entry : append(now);
    }

    private Entry append(Entry entry) {
        try {
            lines.write((json.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        remember(entry);
        return entry;
    }

    @Override
    public synchronized void close() {
        try {
            lines.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void remember(Entry entry) {
        accounts.computeIfAbsent(entry.paymentId(), Account::new).remember(entry);
    }
}
