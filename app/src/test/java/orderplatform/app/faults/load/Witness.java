package orderplatform.app.faults.load;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import orderplatform.app.faults.stand.BrokerOnly;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hears every event that is published, and writes down which in the order in which they come. When it stutters, it says
 * a part of what it heard to the platform's consumers again, some of it later than what came after.
 */
public final class Witness implements Closeable {

    private static final String EXCHANGE = "orderplatform.events";
    private static final String QUEUE = "faults.witness";
    public static final String NOTIFICATIONS = "orderplatform.notifications";
    private static final int RECOVERS_EVERY_MILLIS = 500;
    private static final int AT_ONCE = 200;
    private static final double DOUBLED = 0.2;
    private static final double REORDERED = 0.1;
    private static final int LATER = 50;

    private record Message(AMQP.BasicProperties properties, byte[] body) {}

    /** @param until so many messages have been heard */
    private record Held(Message message, long until) {}

    private final Connection connection;
    private final Channel channel;
    private final BufferedWriter lines;
    private final Random random;
    private final Deque<Held> held = new ArrayDeque<>();
    private long heard;
    private volatile Set<String> repeated = Set.of();
    private volatile long position = -1;

    public Witness(int port, Path file, Random random) throws IOException, TimeoutException {
        this.random = random;
        lines = Files.newBufferedWriter(file);
        var factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        factory.setUsername(BrokerOnly.USER);
        factory.setPassword(BrokerOnly.PASSWORD);
        factory.setNetworkRecoveryInterval(RECOVERS_EVERY_MILLIS);
        connection = factory.newConnection();
        channel = connection.createChannel();
        channel.basicQos(AT_ONCE);
        channel.exchangeDeclare(EXCHANGE, "topic", true);
        channel.queueDeclare(QUEUE, true, false, false, null);
        channel.queueBind(QUEUE, EXCHANGE, "#");
        channel.basicConsume(QUEUE, false, consumer());
    }

    private DefaultConsumer consumer() {
        return new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                    throws IOException {
                hear(new Message(properties, body));
                getChannel().basicAck(envelope.getDeliveryTag(), false);
            }
        };
    }

    private synchronized void hear(Message message) throws IOException {
        write(message.body());
        heard++;
        if (repeated.contains(message.properties().getType())) {
            sayAgain(message);
        }
        while (!held.isEmpty() && held.getFirst().until() <= heard) {
            publish(held.removeFirst().message());
        }
    }

    private void write(byte[] body) throws IOException {
        var event = JsonMapper.shared().readTree(body);
        position = Math.max(position, Long.parseLong(event.path("position").asString()));
        lines.write("{\"position\":%s,\"id\":\"%s\"}"
                .formatted(event.path("position").asString(), event.path("id").asString()));
        lines.newLine();
        lines.flush();
    }

    private void sayAgain(Message message) throws IOException {
        var chance = random.nextDouble();
        if (chance < REORDERED) {
            held.add(new Held(message, heard + LATER));
        } else if (chance < DOUBLED) {
            publish(message);
        }
    }

    private void publish(Message message) throws IOException {
        channel.basicPublish("", NOTIFICATIONS, message.properties(), message.body());
    }

    /** Says something to the notifications that is no event. */
    public synchronized void say(String nonsense) throws IOException {
        publish(new Message(new AMQP.BasicProperties(), nonsense.getBytes(StandardCharsets.UTF_8)));
    }

    /** The furthest that was heard of. */
    public long position() {
        return position;
    }

    /** @param types of the events that are said again from now on, which the notifications are there for */
    public void stutter(Set<String> types) {
        repeated = types;
    }

    /** What it has still to say again it says now. */
    public synchronized void speakClearly() throws IOException {
        repeated = Set.of();
        while (!held.isEmpty()) {
            publish(held.removeFirst().message());
        }
    }

    @Override
    public void close() throws IOException {
        connection.abort();
        synchronized (this) {
            lines.close();
        }
    }
}
