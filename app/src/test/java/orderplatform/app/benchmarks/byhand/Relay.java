package orderplatform.app.benchmarks.byhand;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;

/**
 * The thread behind the writer: publishes what is committed, in order and confirmed, and shows it in Redis. How far it is
 * may be lost with the machine, and is then published twice.
 */
final class Relay implements Runnable {

    private static final String EXCHANGE = "floor.events";
    private static final String QUEUE = "floor.notifications";
    private static final List<String> CONSUMED = List.of("order.placed", "order.confirmed");
    private static final int BATCHES_AT_ONCE = 16;
    private static final long CONFIRMED_WITHIN_MILLIS = 10_000;
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(10);
    private static final long LIVES_MILLIS = 600_000;
    private static final int PERSISTENT = 2;

    private final BlockingQueue<Committed> waiting = new LinkedBlockingQueue<>();
    private final Channel channel;
    private final StatefulRedisConnection<String, String> redis;
    private final PreparedStatement passed;

    /** @param views what Redis is to show, by key */
    private record Committed(List<Event> events, Map<String, String> views) {}

    Relay(Map<String, String> servers, Connection connection) throws IOException, TimeoutException, SQLException {
        var broker = new ConnectionFactory();
        broker.setHost(servers.get("spring.rabbitmq.host"));
        broker.setPort(Integer.parseInt(servers.get("spring.rabbitmq.port")));
        broker.setUsername(servers.get("spring.rabbitmq.username"));
        broker.setPassword(servers.get("spring.rabbitmq.password"));
        var amqp = broker.newConnection("by-hand");
        channel = amqp.createChannel();
        channel.exchangeDeclare(EXCHANGE, "topic", true);
        channel.queueDeclare(QUEUE, true, false, false, null);
        for (var type : CONSUMED) {
            channel.queueBind(QUEUE, EXCHANGE, type);
        }
        channel.confirmSelect();
        amqp.createChannel().basicConsume(QUEUE, true, (tag, message) -> {}, tag -> {});
        redis = RedisClient.create(RedisURI.builder()
                        .withHost(servers.get("spring.data.redis.host"))
                        .withPort(Integer.parseInt(servers.get("spring.data.redis.port")))
                        .withPassword(servers.get("spring.data.redis.password").toCharArray())
                        .build())
                .connect();
        redis.setAutoFlushCommands(false);
        try (var statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");
        }
        passed = connection.prepareStatement("UPDATE floor.relayed SET position = ?");
    }

    void add(Batch batch) {
        waiting.add(new Committed(batch.events(), batch.views()));
    }

    @Override
    public void run() {
        try {
            while (true) {
                List<Committed> batches = new ArrayList<>();
                batches.add(waiting.take());
                waiting.drainTo(batches, BATCHES_AT_ONCE - 1);
                relay(batches);
            }
        } catch (IOException | InterruptedException | TimeoutException | SQLException | RuntimeException failed) {
            failed.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private void relay(List<Committed> batches)
            throws IOException, InterruptedException, TimeoutException, SQLException {
        List<Future<String>> shown = new ArrayList<>();
        for (var batch : batches) {
            for (var event : batch.events()) {
                channel.basicPublish(EXCHANGE, event.type(), properties(event), event.message());
            }
            batch.views().forEach((key, view) -> shown.add(redis.async().psetex(key, LIVES_MILLIS, view)));
        }
        redis.flushCommands();
        channel.waitForConfirmsOrDie(CONFIRMED_WITHIN_MILLIS);
        LettuceFutures.awaitAll(SHOWN_WITHIN, shown.toArray(Future[]::new));
        passed.setLong(1, batches.getLast().events().getLast().position());
        passed.executeUpdate();
    }

    private static AMQP.BasicProperties properties(Event event) {
        return new AMQP.BasicProperties.Builder()
                .contentType("application/cloudevents+json")
                .contentEncoding("UTF-8")
                .messageId(event.id().toString())
                .type(event.type())
                .timestamp(Date.from(event.at()))
                .deliveryMode(PERSISTENT)
                .build();
    }
}
