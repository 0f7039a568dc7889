package orderplatform.query;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.UUID;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import redis.embedded.RedisServer;

/** Starts PostgreSQL, Redis and a mail server once for all tests, and points a context to them. */
public class TestServers implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    public static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private static final EmbeddedPostgres POSTGRES;
    private static final int REDIS_PORT;

    static {
        try {
            POSTGRES = EmbeddedPostgres.builder()
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            REDIS_PORT = TestBroker.freePort();
            new RedisServer(REDIS_PORT).start();
            MAIL.start();
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        String unique = UUID.randomUUID().toString();
        TestBroker broker = TestBroker.get();
        TestPropertyValues.of(
                        "spring.datasource.url=" + POSTGRES.getJdbcUrl("postgres", "postgres"),
                        "spring.datasource.username=postgres",
                        "spring.data.redis.host=127.0.0.1",
                        "spring.data.redis.port=" + REDIS_PORT,
                        "spring.rabbitmq.host=" + broker.host(),
                        "spring.rabbitmq.port=" + broker.port(),
                        "spring.mail.host=127.0.0.1",
                        "spring.mail.port=" + MAIL.getSmtp().getPort(),
                        "spring.mvc.problemdetails.enabled=true",
                        "spring.jpa.open-in-view=false",
                        "axon.serializer.general=jackson3",
                        "axon.timeout.enabled=false",
                        "platform.query.consistency-wait=2s",
                        "platform.relay.exchange=test-events-" + unique,
                        "platform.notifications.queue=test-notifications-" + unique,
                        "platform.notifications.dead-letters=test-dead-letters-" + unique,
                        "platform.notifications.first-retry-after=50ms",
                        "platform.notifications.longest-retry-after=100ms")
                .applyTo(context);
    }
}
