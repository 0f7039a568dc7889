package orderplatform.app.benchmarks.byhand;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The main class: an order goes through the door to the writer, to the provider and back to the writer, twice. */
public final class ProductByHand {

    private static final int ORDERS_UNDER_WAY = 512;

    private final Semaphore room = new Semaphore(ORDERS_UNDER_WAY);
    private final Payments payments;
    private final Relay relay;
    private final Writer writer;

    private ProductByHand(Map<String, String> servers) throws Exception {
        var database = connect(servers);
        Schema.create(database);
        payments = new Payments(servers.get("platform.payments.url"));
        relay = new Relay(servers, connect(servers));
        writer = new Writer(database, this::goOn);
    }

    /** @param args the properties of the servers, and {@code --server.port} */
    public static void main(String[] args) throws Exception {
        var servers = Stream.of(args)
                .map(argument -> argument.substring("--".length()).split("=", 2))
                .collect(Collectors.toMap(argument -> argument[0], argument -> argument[1]));
        var product = new ProductByHand(servers);
        Thread.ofPlatform().name("writer").start(product.writer);
        Thread.ofPlatform().name("relay").start(product.relay);
        new Door(product.writer::add, product.room).open(Integer.parseInt(servers.get("server.port")));
    }

    private static Connection connect(Map<String, String> servers) throws SQLException {
        return DriverManager.getConnection(
                servers.get("spring.datasource.url"),
                servers.get("spring.flyway.user"),
                servers.get("spring.flyway.password"));
    }

    private void goOn(List<Work> work, Batch batch) {
        for (var row : batch.placed()) {
            row.order().answer().complete(row.answer());
            payments.call(
                    row.order(),
                    "authorise",
                    () -> writer.add(new Work.Settle(row.order(), row.last().id())));
        }
        for (var row : batch.settled()) {
            payments.call(
                    row.order(),
                    "capture",
                    () -> writer.add(new Work.Capture(row.order(), row.last().id())));
        }
        room.release(batch.captured().size());
        for (var one : work) {
            if (one instanceof Work.Receive receipt) {
                receipt.answer().complete(new Order.Answer(201, "{}", "{\"sku\":\"" + receipt.sku() + "\"}"));
            }
        }
        relay.add(batch);
    }
}
