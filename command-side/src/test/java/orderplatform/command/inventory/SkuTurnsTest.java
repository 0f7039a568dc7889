package orderplatform.command.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import orderplatform.api.Sku;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;

class SkuTurnsTest {

    private static final int TURNS = 60;
    private static final int QUEUED = 3;

    private static TestRedis redis;

    private final Sku sku = new Sku("85123A-" + System.nanoTime());
    private final RedissonClient one = redis.client();
    private final RedissonClient two = redis.client();

    @BeforeAll
    static void startRedis() {
        redis = new TestRedis();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @AfterEach
    void disconnect() {
        one.shutdown();
        two.shutdown();
    }

    @Test
    void nodes_take_turns_one_at_a_time_and_each_gets_its_share() throws Exception {
        List<String> taken = new CopyOnWriteArrayList<>();
        var inside = new AtomicInteger();
        var together = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(2 * QUEUED)) {
            for (int i = 0; i < QUEUED; i++) {
                threads.submit(() -> takeTurns("one", TestRedis.turns(one), taken, inside, together));
                threads.submit(() -> takeTurns("two", TestRedis.turns(two), taken, inside, together));
            }
        }
        assertThat(together).as("turns that met another").hasValue(0);
        var whileBothQueue = taken.subList(0, TURNS);
        assertThat(whileBothQueue.stream().filter("one"::equals).count()).isBetween(TURNS / 3L, 2L * TURNS / 3);
    }

    private void takeTurns(
            String node, SkuTurns turns, List<String> taken, AtomicInteger inside, AtomicInteger together) {
        while (taken.size() < TURNS) {
            var turn = turns.take(sku);
            if (inside.incrementAndGet() > 1) {
                together.incrementAndGet();
            }
            taken.add(node);
            Thread.yield();
            inside.decrementAndGet();
            turn.close();
        }
    }

    @Test
    void whoever_queued_first_goes_first_on_whichever_node() throws Exception {
        List<Integer> order = new CopyOnWriteArrayList<>();
        var queue = one.getDeque("redisson_lock_queue:{orderplatform:turn:%s}".formatted(sku));
        try (var threads = Executors.newFixedThreadPool(2 * QUEUED)) {
            var first = TestRedis.turns(one).take(sku);
            for (int i = 0; i < 2 * QUEUED; i++) {
                int place = i;
                var node = TestRedis.turns(i % 2 == 0 ? one : two);
                threads.submit(() -> {
                    var turn = node.take(sku);
                    order.add(place);
                    turn.close();
                });
                Awaitility.await("place in the queue")
                        .pollInterval(Duration.ofMillis(5))
                        .atMost(Duration.ofSeconds(2))
                        .until(() -> queue.size() == place + 1);
            }
            first.close();
        }
        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void nodes_that_each_have_a_turn_do_not_wait_for_that_of_the_other() {
        var other = new Sku("71053-" + System.nanoTime());
        var patient = Duration.ofMinutes(1);
        try (var here = TestRedis.turns(one, patient).new Shared();
                var there = TestRedis.turns(two, patient).new Shared()) {
            here.take(sku);
            there.take(other);
            assertThat(CompletableFuture.runAsync(() -> here.take(other))).succeedsWithin(Duration.ofSeconds(10));
            assertThat(CompletableFuture.runAsync(() -> there.take(sku))).succeedsWithin(Duration.ofSeconds(10));
        }
        TestRedis.turns(two, patient).take(sku).close();
    }

    @Test
    void a_turn_outlasts_its_lease_while_its_holder_lives() {
        var turn = TestRedis.turns(one).take(sku);
        var other = CompletableFuture.supplyAsync(() -> TestRedis.turns(two).take(sku));
        Awaitility.await("three leases")
                .during(TestRedis.settings().lease().multipliedBy(3))
                .atMost(Duration.ofSeconds(4))
                .until(() -> !other.isDone());
        turn.close();
        other.orTimeout(2, TimeUnit.SECONDS).join();
    }

    @Test
    void a_turn_ends_with_its_lease_when_its_holder_is_gone() {
        var unusedAsItsHolderDies = TestRedis.turns(one).take(sku);
        one.shutdown();
        var start = System.nanoTime();
        TestRedis.turns(two).take(sku).close();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(100), TestRedis.settings().lease().multipliedBy(3));
        assertThat(unusedAsItsHolderDies).isNotSameAs(SkuTurns.Turn.NONE);
    }

    @Test
    void without_redis_everybody_goes_on_quickly() {
        var gone = new TestRedis();
        var client = gone.client();
        var turns = TestRedis.turns(client);
        turns.take(sku).close();
        gone.close();
        var start = System.nanoTime();
        for (int i = 0; i < TURNS; i++) {
            assertThat(turns.take(sku)).isSameAs(SkuTurns.Turn.NONE);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        client.shutdown();
    }
}
