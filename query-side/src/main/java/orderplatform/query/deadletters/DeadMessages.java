package orderplatform.query.deadletters;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import orderplatform.query.notifications.NotificationProperties;
import orderplatform.query.notifications.OrderTold;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Keeps dead letters until an operator retries or drops them. */
public class DeadMessages {

    private static final String CAUSE_HEADER = "x-exception-message";
    private static final String BROKERS_CAUSE_HEADER = "x-first-death-reason";
    private static final int MAX_CAUSE_LENGTH = 1_000;
    private static final long CONFIRM_TIMEOUT_SECONDS = 5;

    private static final String COLUMNS = "SELECT dead_letter_id, type, cause, attempts, dead_at FROM dead_letter ";
    private static final RowMapper<DeadMessage> ROW = (row, number) -> new DeadMessage(
            row.getObject("dead_letter_id", UUID.class),
            row.getString("type"),
            row.getString("cause"),
            row.getInt("attempts"),
            row.getTimestamp("dead_at").toInstant());

    private final JdbcClient jdbc;
    private final RabbitTemplate rabbit;
    private final NotificationProperties properties;
    private final JsonMapper json;
    private final Clock clock = Clock.systemUTC();

    DeadMessages(JdbcClient jdbc, ConnectionFactory connections, NotificationProperties properties, JsonMapper json) {
        this.jdbc = jdbc;
        this.rabbit = new RabbitTemplate(connections);
        this.properties = properties;
        this.json = json;
    }

    /** One row for a message, however often it comes. */
    void keep(Message message) {
        var body = message.getBody();
        jdbc.sql("""
                        INSERT INTO dead_letter (dead_letter_id, body, type, cause, attempts, dead_at)
                        VALUES (:id, :body, :type, :cause, :attempts, :now)
                        ON CONFLICT (dead_letter_id) DO UPDATE SET
                            cause = excluded.cause, attempts = dead_letter.attempts + excluded.attempts, dead_at = excluded.dead_at""")
                .param("id", UUID.nameUUIDFromBytes(body))
                .param("body", body)
                .param("type", type(body))
                .param("cause", cause(message))
                .param("attempts", properties.maxRetries() + 1)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private @Nullable String type(byte[] body) {
        try {
            return OrderTold.parse(json, body).type();
        } catch (RuntimeException noEvent) {
            return null;
        }
    }

    private static String cause(Message message) {
        var headers = message.getMessageProperties().getHeaders();
        var cause = headers.getOrDefault(CAUSE_HEADER, headers.getOrDefault(BROKERS_CAUSE_HEADER, "not told"));
        var text = cause.toString().replaceAll("[\\s\0]+", " ");
        return text.substring(0, Math.min(text.length(), MAX_CAUSE_LENGTH));
    }

    /**
     * In the order in which they were dead-lettered.
     *
     * @param afterTime of the last one on the page before, with its id
     */
    public List<DeadMessage> page(Instant afterTime, UUID afterId, int limit) {
        return jdbc.sql(
                        COLUMNS
                                + "WHERE (dead_at, dead_letter_id) > (:time, :id) ORDER BY dead_at, dead_letter_id LIMIT :limit")
                .param("time", afterTime.atOffset(ZoneOffset.UTC))
                .param("id", afterId)
                .param("limit", limit)
                .query(ROW)
                .list();
    }

    public Optional<DeadMessage> find(UUID id) {
        return jdbc.sql(COLUMNS + "WHERE dead_letter_id = :id")
                .param("id", id)
                .query(ROW)
                .optional();
    }

    /**
     * Sends the message again to the queue that it was taken from; should it fail there it comes back.
     *
     * @throws AmqpException if the broker does not take it; it is kept then
     */
    public void sendAgain(UUID id) {
        jdbc.sql("SELECT body, dead_at FROM dead_letter WHERE dead_letter_id = :id")
                .param("id", id)
                .query((row, number) -> new Sent(row.getBytes("body"), row.getTimestamp("dead_at")))
                .optional()
                .ifPresent(message -> {
                    send(message.body());
                    dropUnlessBack(id, message.deadAt());
                });
    }

    private record Sent(byte[] body, Timestamp deadAt) {}

    /** It may have failed again already. */
    private void dropUnlessBack(UUID id, Timestamp deadAt) {
        jdbc.sql("DELETE FROM dead_letter WHERE dead_letter_id = :id AND dead_at = :deadAt")
                .param("id", id)
                .param("deadAt", deadAt)
                .update();
    }

    private void send(byte[] body) {
        var message = MessageBuilder.withBody(body)
                .setContentType("application/cloudevents+json")
                .build();
        var confirm = new CorrelationData();
        rabbit.send("", properties.queue(), message, confirm);
        try {
            if (!confirm.getFuture()
                    .get(CONFIRM_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .ack()) {
                throw new AmqpException("The broker refused the message");
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new AmqpException("The broker did not confirm the message", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AmqpException("Interrupted while sending", e);
        }
    }

    /** Whether there was such a message. */
    public boolean drop(UUID id) {
        return jdbc.sql("DELETE FROM dead_letter WHERE dead_letter_id = :id")
                        .param("id", id)
                        .update()
                > 0;
    }
}
