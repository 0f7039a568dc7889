package orderplatform.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
            for (int i = 0; i < 25; i++) {
                node.sendAndWait(new Purse.PutIn("purse", 1));
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> !owner.queryForList("SELECT 1 FROM event_log.snapshot WHERE version >= 19")
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
        assertThat(sum()).isEqualTo(new Purse.Sum(25, 24));
        owner.update("UPDATE event_log.snapshot SET payload = '{\"id\":\"purse\",\"amount\":1000}', version = 24");
        assertThat(sum()).isEqualTo(new Purse.Sum(1000, 24));
    }

    @Test
    void one_of_another_shape_is_as_good_as_none() {
        owner.update("UPDATE event_log.snapshot SET payload = '{\"sum\":1000}', shape = 'of before'");
        assertThat(sum()).isEqualTo(new Purse.Sum(25, 24));
    }

    @Test
    void one_of_a_class_that_is_gone_is_as_good_as_none() {
        owner.update("UPDATE event_log.snapshot SET class = 'a.b.Gone', shape = 'of before'");
        assertThat(sum()).isEqualTo(new Purse.Sum(25, 24));
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
}
