package orderplatform.app.benchmarks.scenario;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import orderplatform.app.benchmarks.floor.ByHand;
import orderplatform.app.benchmarks.floor.EmptyApplication;
import orderplatform.app.benchmarks.load.Calls;
import orderplatform.app.benchmarks.load.LogLoader;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Node;
import orderplatform.app.benchmarks.process.Progress;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Round;
import org.springframework.util.FileSystemUtils;

/** The contenders, started when they are first asked for and kept warm between scenarios. */
public final class Arena implements Closeable {

    private final Settings settings;
    private final Path data;
    private final Map<Contender, Shop> shops = new EnumMap<>(Contender.class);
    private final Map<Contender, Stand> shopStands = new EnumMap<>(Contender.class);
    private final Map<Contender, Integer> paces = new EnumMap<>(Contender.class);
    private final Map<Contender, Stand> stands = new EnumMap<>(Contender.class);
    private final Set<Contender> loaded = EnumSet.noneOf(Contender.class);
    private EmptyApplication empty;
    private ByHand byHand;
    private int paceByHand;

    public Arena(Settings settings) throws IOException {
        this.settings = settings;
        data = settings.output().resolve("data");
        FileSystemUtils.deleteRecursively(data);
        Files.createDirectories(data);
    }

    public Settings settings() {
        return settings;
    }

    public Path folder(String name) {
        return data.resolve(name);
    }

    /** A platform on a new folder, not started yet. */
    public Node node(String name, List<String> arguments) throws IOException {
        return new Node(settings.jar(), folder(name), arguments);
    }

    public Node node(String name, Contender contender, String... arguments) throws IOException {
        var all = Stream.concat(contender.arguments().stream(), Stream.of(arguments))
                .toList();
        return node(name + "-" + contender.key(), all);
    }

    /** All contenders with an open shop, warm. */
    public Map<Contender, Shop> shops() throws Exception {
        if (shops.isEmpty()) {
            Progress.say("starting all contenders");
            for (var contender : settings.contenders()) {
                var stand = new Stand(this, "shop", contender);
                stand.node().launch();
                shopStands.put(contender, stand);
            }
            for (var contender : settings.contenders()) {
                var stand = shopStands.get(contender);
                stand.node().awaitReady();
                var shop = stand.shop().open();
                shops.put(contender, shop);
                Progress.say("%s", contender.key());
                paces.put(contender, Pace.warmUp(shop, settings, Shop::anySku));
            }
        }
        return shops;
    }

    public Shop shop(Contender contender) throws Exception {
        return shops().get(contender);
    }

    /** How many orders a contender settles in about the time of a round. */
    public int pace(Contender contender) {
        return paces.get(contender);
    }

    /** The version of the servers that the platform brings along. */
    public String postgresql() throws IOException {
        try (var versions = Files.walk(data)) {
            return versions.filter(file -> file.endsWith("postgres/PG_VERSION"))
                    .map(Arena::content)
                    .findFirst()
                    .orElse("none started");
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A contender on servers of their own, running. Its log is what earlier scenarios made of it. */
    public Stand stand(Contender contender) throws Exception {
        if (!stands.containsKey(contender)) {
            stands.put(contender, new Stand(this, "stand", contender));
        }
        var stand = stands.get(contender);
        if (!stand.isRunning()) {
            stand.start();
        }
        return stand;
    }

    /** The stand of a contender, running or not, with copies of one order's events in its log. */
    public Stand loadedStand(Contender contender, int events) throws Exception {
        if (loaded.add(contender)) {
            var stand = stand(contender);
            var orderId = stand.placeTemplate(Shop.sku(0));
            stand.stop();
            new LogLoader(stand.database(), orderId, Shop.sku(0)).addOrders(events);
            Progress.say("  %s has its log", contender.key());
        }
        return stands.get(contender);
    }

    /** The empty web application, warm. */
    public EmptyApplication empty() throws Exception {
        if (empty == null) {
            empty = new EmptyApplication();
            empty.awaitFirstOrder();
            // After 20 s it answers a sixth of what it answers after 120.
            Calls.perSecond(Settings.CLIENTS, empty::connect, settings.warmUp().dividedBy(2), EmptyApplication::place);
        }
        return empty;
    }

    /** F7, warm. */
    public ByHand byHand() throws Exception {
        if (byHand == null) {
            byHand = new ByHand(settings.jar(), folder("by-hand"));
            paceByHand = Pace.warmUp(byHand, settings);
        }
        return byHand;
    }

    /** The names of all contenders and of F7, for scenarios in which they take turns. */
    public List<String> names() {
        return Stream.concat(settings.contenders().stream().map(Contender::key), Stream.of(ByHand.NAME))
                .toList();
    }

    /** A round of B1 of one of the {@link #names}. */
    public Round place(String name) throws Exception {
        if (name.equals(ByHand.NAME)) {
            return byHand().place(paceByHand, Shop::anySku);
        }
        var contender = Contender.of(name);
        return shop(contender).place(Settings.CLIENTS, pace(contender), Shop::anySku);
    }

    @Override
    public void close() throws IOException {
        if (byHand != null) {
            byHand.close();
        }
        if (empty != null) {
            empty.close();
        }
        for (var stand : stands.values()) {
            stand.close();
        }
        for (var stand : shopStands.values()) {
            stand.close();
        }
    }

    /** Removes the data and the logs of all platforms, which are kept if a check failed. */
    public void cleanUp() throws IOException {
        FileSystemUtils.deleteRecursively(data);
    }
}
