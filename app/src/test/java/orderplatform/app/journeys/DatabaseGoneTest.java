package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import orderplatform.app.Client;
import orderplatform.app.Platform;
import orderplatform.app.embedded.FreePort;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The database goes away while orders are placed, and comes back. Meanwhile what Redis holds is shown. */
@Order(2)
class DatabaseGoneTest {

    private static final int CLIENTS = 8;
    private static final long PIECES = 1_000_000;
    private static final Duration GONE = Duration.ofSeconds(3);
    private static final Duration ORDERS_WITHIN = Duration.ofSeconds(30);
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(30);
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
    private static final Duration RETRIED_FOR = Duration.ofSeconds(120);

    /** On a busy machine the default is soon over, and then an answer needs the database. */
    private static final String REDIS_ANSWERS_WITHIN = "10s";

    private final int port = FreePort.find();
    private final Path folder = Platform.newFolder().resolve("postgres").toAbsolutePath();
    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void callers_are_told_to_try_again_and_every_order_is_there_once() throws Exception {
        var postgres = started();
        try (var platform = Platform.start(
                        "--spring.datasource.url=jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port),
                        "--spring.datasource.username=postgres",
                        "--spring.datasource.password=",
                        "--platform.query.cache.command-timeout=" + REDIS_ANSWERS_WITHIN,
                        "--platform.payments.stand-in=true");
                var threads = Executors.newFixedThreadPool(CLIENTS);
                Closeable _ = () -> enough.set(true)) {
            var sku = platform.stocked(PIECES);
            List<Future<List<String>>> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> threads.submit((Callable<List<String>>) () -> placeUntilEnough(platform, sku)))
                    .toList();
            var kept = placed(platform, sku);
            Awaitility.await("orders").atMost(ORDERS_WITHIN).until(() -> accepted.get() >= CLIENTS);
            postgres.close();
            Thread.sleep(GONE);
            assertThat(platform.get(kept).expect(200).text("status")).isEqualTo("CONFIRMED");
            assertThat(platform.get("/api/stock/NOT-IN-REDIS").expect(503).header("Retry-After"))
                    .isNotNull();
            Awaitility.await("a refusal").atMost(REFUSED_WITHIN).until(() -> refused.get() > 0);
            postgres = started();
            var back = System.nanoTime();
            accepted(platform, sku, "accepted");
            var acceptedAgain = System.nanoTime();
            // More orders would only make the wait for the last one longer.
            enough.set(true);
            platform.await(accepted(platform, sku, "confirmed").header("Location"), DatabaseGoneTest::isConfirmed);
            System.out.printf(
                    "DatabaseGoneTest: with the database back, an order was accepted after %d ms, one more confirmed after %d ms%n",
                    Duration.ofNanos(acceptedAgain - back).toMillis(),
                    Duration.ofNanos(System.nanoTime() - back).toMillis());

            var placed = new ArrayList<String>();
            for (var client : clients) {
                placed.addAll(client.get());
            }
            assertThat(placed).doesNotHaveDuplicates();
            for (var location : placed) {
                platform.await(location, DatabaseGoneTest::isConfirmed);
            }
            platform.await("/api/stock/" + sku, it -> it.number("allocated") == placed.size() + 3);
        } finally {
            postgres.close();
        }
    }

    /** An order that nothing will change any more, with its last state in Redis. */
    private static String placed(Platform platform, String sku) {
        var location = platform.order("17850", sku, 1).expect(201).header("Location");
        platform.await(
                location,
                it -> it.body().path("payment").path("status").asString("").equals("CAPTURED"));
        return location;
    }

    private EmbeddedPostgres started() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setPGStartupWait(STARTS_WITHIN)
                .start();
    }

    /** Answers where the orders are. */
    private List<String> placeUntilEnough(Platform platform, String sku) throws InterruptedException {
        var placed = new ArrayList<String>();
        while (!enough.get()) {
            placed.add(accepted(platform, sku, Client.newId("key")).header("Location"));
            accepted.incrementAndGet();
        }
        return placed;
    }

    /** Asked for with its key until it is there, as callers are told to, or for too long. */
    private Client.Answer accepted(Platform platform, String sku, String key) throws InterruptedException {
        var begun = System.nanoTime();
        var answer = place(platform, sku, key);
        while (answer.status() != 201) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(RETRIED_FOR);
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isNotNull();
            refused.incrementAndGet();
            Thread.sleep(100);
            answer = place(platform, sku, key);
        }
        return answer;
    }

    private static boolean isConfirmed(Client.Answer order) {
        return order.text("status").equals("CONFIRMED");
    }

    private static Client.Answer place(Platform platform, String sku, String key) {
        return platform.post("/api/orders", Client.orderOf("17850", sku, 1), "Idempotency-Key", key);
    }
}
