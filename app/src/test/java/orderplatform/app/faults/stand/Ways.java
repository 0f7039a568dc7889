package orderplatform.app.faults.stand;

import java.io.Closeable;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import orderplatform.app.benchmarks.process.Servers;
import orderplatform.app.faults.wire.AmqpWire;
import orderplatform.app.faults.wire.HttpWire;
import orderplatform.app.faults.wire.PostgresWire;
import orderplatform.app.faults.wire.Proxy;

/** The ways from one node to each server. */
final class Ways implements Closeable {

    private final Map<Stand.Server, Proxy> proxies = new EnumMap<>(Stand.Server.class);
    private final int postgres;

    /** Each the port of the server itself. */
    Ways(int postgres, int redis, int broker, int payments) throws IOException {
        this.postgres = postgres;
        proxies.put(Stand.Server.POSTGRES, new Proxy(postgres, PostgresWire::new));
        proxies.put(Stand.Server.REDIS, new Proxy(redis));
        proxies.put(Stand.Server.BROKER, new Proxy(broker, AmqpWire::new));
        proxies.put(Stand.Server.PAYMENTS, new Proxy(payments, HttpWire::new));
    }

    Proxy to(Stand.Server server) {
        return proxies.get(server);
    }

    private int port(Stand.Server server) {
        return to(server).port();
    }

    /** What tells a node to go these ways. */
    Stream<String> arguments(Servers database) {
        var url = database.property("spring.datasource.url")
                .replace(":%d/".formatted(postgres), ":%d/".formatted(port(Stand.Server.POSTGRES)));
        var accounts = Stream.of(
                        "spring.datasource.username",
                        "spring.datasource.password",
                        "spring.flyway.user",
                        "spring.flyway.password")
                .map(name -> "--%s=%s".formatted(name, database.property(name)));
        var ways = Stream.of(
                "--spring.datasource.url=" + url,
                "--spring.data.redis.host=127.0.0.1",
                "--spring.data.redis.port=" + port(Stand.Server.REDIS),
                "--spring.rabbitmq.host=127.0.0.1",
                "--spring.rabbitmq.port=" + port(Stand.Server.BROKER),
                "--spring.rabbitmq.username=" + BrokerOnly.USER,
                "--spring.rabbitmq.password=" + BrokerOnly.PASSWORD,
                "--platform.payments.url=http://127.0.0.1:" + port(Stand.Server.PAYMENTS));
        return Stream.concat(accounts, ways);
    }

    @Override
    public void close() throws IOException {
        for (var proxy : proxies.values()) {
            proxy.close();
        }
    }
}
