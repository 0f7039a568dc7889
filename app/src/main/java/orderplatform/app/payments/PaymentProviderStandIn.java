package orderplatform.app.payments;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A payment provider over HTTP. {@code PUT /payments/{paymentId}/{step}} does a step at most once,
 * {@code GET} of the same address tells its outcome, {@code GET /ledger} shows the books. How an authorisation goes is
 * chosen by the customer's id.
 */
public final class PaymentProviderStandIn implements AutoCloseable {

    private static final int BACKLOG = 1_000;
    private static final int MAX_CALLS_AT_ONCE = 256;
    private static final int MAX_BODY_BYTES = 64 * 1024;

    static {
        // Else an answer's body waits until its header is acknowledged, which takes the other side 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Ledger ledger;
    private final Webhook webhook;
    private final Delays delays;
    private final Clock clock = Clock.systemUTC();
    private final JsonMapper json = new JsonMapper();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(MAX_CALLS_AT_ONCE);

    private record Body(
            long amount, String currency, @Nullable String customerId) {}

    private record Reply(int status, @Nullable Object body) {}

    /**
     * @param address where it listens; port 0 for a free one
     * @param ledger its books, which it closes
     * @param webhookTarget where outcomes are called back to, asked for at each call
     * @param secret with which the calls back are signed
     * @throws IOException if the port is not free
     */
    public PaymentProviderStandIn(
            InetSocketAddress address, Ledger ledger, Supplier<URI> webhookTarget, String secret, Delays delays)
            throws IOException {
        this.ledger = ledger;
        this.webhook = new Webhook(webhookTarget, secret);
        this.delays = delays;
        this.server = HttpServer.create(address, BACKLOG);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** The root of its API from this machine, without a slash at the end. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = reply(exchange);
            byte[] body = reply.body() == null ? new byte[0] : json.writeValueAsBytes(reply.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException, InterruptedException {
        try {
            return route(exchange);
        } catch (DataAccessException booksOutOfReach) {
            return new Reply(503, null);
        }
    }

    private Reply route(HttpExchange exchange) throws IOException, InterruptedException {
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/", -1);
        boolean reading = exchange.getRequestMethod().equals("GET");
        if (reading && path.length == 1 && path[0].equals("ledger")) {
            return new Reply(200, ledger.totals());
        }
        Optional<Step> step = path.length == 3 && path[0].equals("payments") ? Step.of(path[2]) : Optional.empty();
        if (step.isEmpty()) {
            return new Reply(404, null);
        }
        if (reading) {
            return ledger.find(path[1], step.get())
                    .map(entry -> new Reply(200, Answer.of(entry)))
                    .orElse(new Reply(404, null));
        }
        return exchange.getRequestMethod().equals("PUT") ? put(path[1], step.get(), exchange) : new Reply(405, null);
    }

    private Reply put(String paymentId, Step step, HttpExchange exchange) throws IOException, InterruptedException {
        if (exchange.getRequestHeaders().getFirst("Idempotency-Key") == null) {
            return new Reply(400, null);
        }
        Body body;
        try {
            body = json.readValue(exchange.getRequestBody().readNBytes(MAX_BODY_BYTES), Body.class);
        } catch (JacksonException unreadable) {
            return new Reply(400, null);
        }
        var request = new Entry.Request(paymentId, step, body.amount(), body.currency(), body.customerId());
        Behaviour behaviour = step == Step.AUTHORISE ? Behaviour.of(body.customerId()) : Behaviour.PLAIN;
        return behaviour == Behaviour.DOWN ? new Reply(503, null) : put(request, behaviour);
    }

    private Reply put(Entry.Request request, Behaviour behaviour) throws InterruptedException {
        boolean seen = ledger.find(request.paymentId(), request.step()).isPresent();
        Entry entry = ledger.step(request, asked -> authorisation(asked, behaviour));
        if (!seen) {
            misbehave(entry, behaviour);
        }
        return new Reply(entry.status() == Entry.Status.PENDING ? 202 : 200, Answer.of(entry));
    }

    private Entry authorisation(Entry.Request request, Behaviour behaviour) {
        return switch (behaviour) {
            case DECLINE -> Entry.declined(request, "insufficient-funds");
            case LATE -> Entry.pending(request, clock.instant().plus(delays.late()));
            case WEBHOOK -> Entry.pending(request, clock.instant().plus(delays.webhook()));
            default -> Entry.approved(request);
        };
    }

    private void misbehave(Entry entry, Behaviour behaviour) throws InterruptedException {
        switch (behaviour) {
            case SLOW -> Thread.sleep(delays.slow());
            case TIMEOUT -> Thread.sleep(delays.timeout());
            case WEBHOOK -> threads.execute(() -> callBack(entry, delays.webhook()));
            default -> {}
        }
    }

    private void callBack(Entry entry, Duration after) {
        try {
            Thread.sleep(after);
            var settled = ledger.find(entry.paymentId(), entry.step()).orElse(entry);
            webhook.deliver(json.writeValueAsString(Answer.callback(settled)));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        ledger.close();
    }
}
