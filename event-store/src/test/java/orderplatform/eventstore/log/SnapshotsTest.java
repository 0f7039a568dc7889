package orderplatform.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import orderplatform.eventstore.Database;
import orderplatform.eventstore.Purse;
import orderplatform.eventstore.TestNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class SnapshotsTest {

    private final Database database = Database.create();
    private final JdbcTemplate owner = new JdbcTemplate(database.owner());

    @BeforeEach
    void fillAPurse() {
        try (var node = TestNode.on(database, "eventstore.lanes.snapshot-every=10")) {
            for (int i = 0; i < 15; i++) {
                node.sendAndWait(new Purse.PutIn("purse", 1));
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !owner.queryForList("SELECT 1 FROM event_log.snapshot")
                            .isEmpty());
        }
    }

    private Purse.Sum sum() {
        try (var node = TestNode.on(database, "eventstore.lanes.snapshot-every=10")) {
            return node.sendAndWait(new Purse.Look("purse"));
        }
    }

    @Test
    void an_aggregate_goes_on_from_its_snapshot() {
        assertThat(sum()).isEqualTo(new Purse.Sum(15, 14));
        owner.update("UPDATE event_log.snapshot SET payload = '{\"id\":\"purse\",\"amount\":1000}', version = 14");
        assertThat(sum()).isEqualTo(new Purse.Sum(1000, 14));
    }

    @Test
    void one_of_another_shape_is_as_good_as_none() {
        owner.update("UPDATE event_log.snapshot SET payload = '{\"sum\":1000}', shape = 'of before'");
        assertThat(sum()).isEqualTo(new Purse.Sum(15, 14));
    }

    @Test
    void one_of_a_class_that_is_gone_is_as_good_as_none() {
        owner.update("UPDATE event_log.snapshot SET class = 'a.b.Gone', shape = 'of before'");
        assertThat(sum()).isEqualTo(new Purse.Sum(15, 14));
    }

    private record Shape(String name, long amount) {}

    private record OtherType(String name, int amount) {}

    private record OneMore(String name, long amount, long more) {}

    @Test
    void a_shape_is_told_by_names_and_types_of_fields() {
        assertThat(Snapshots.shapeOf(Shape.class)).isEqualTo(Snapshots.shapeOf(Shape.class));
        assertThat(Snapshots.shapeOf(OtherType.class)).isNotEqualTo(Snapshots.shapeOf(Shape.class));
        assertThat(Snapshots.shapeOf(OneMore.class)).isNotEqualTo(Snapshots.shapeOf(Shape.class));
    }

    @Test
    void a_shape_is_told_by_what_the_fields_hold_too_wherever_its_classes_are() {
        assertThat(shapeHolding("amount")).isEqualTo(shapeHolding("amount")).isNotEqualTo(shapeHolding("sum"));
    }

    private static String shapeHolding(String field) {
        var held = new ByteBuddy()
                .subclass(Object.class)
                .name("elsewhere.Held")
                .defineField(field, long.class)
                .make()
                .load(SnapshotsTest.class.getClassLoader())
                .getLoaded();
        return Snapshots.shapeOf(new ByteBuddy()
                .subclass(Object.class)
                .name("here.Holder")
                .defineField(
                        "held",
                        TypeDescription.Generic.Builder.parameterizedType(Map.class, String.class, held)
                                .build())
                .make()
                .load(held.getClassLoader())
                .getLoaded());
    }
}
