package orderplatform.eventstore.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import orderplatform.eventstore.Database;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

class PersonalTextsTest {

    private static final String EMAIL = "17850@customers.example";
    private static final String OLD = Base64.getEncoder().encodeToString("an old master key of 32 bytes...".getBytes());
    private static final String NEW = Base64.getEncoder().encodeToString("the new master key of 32 bytes..".getBytes());

    private final Database database = Database.create();
    private final JdbcTemplate owner = new JdbcTemplate(database.owner());

    @BeforeEach
    void migrate() {
        new ResourceDatabasePopulator(new ClassPathResource("db/migration/V4__personal_data.sql"))
                .execute(database.owner());
    }

    private PersonalTexts node() {
        return node("");
    }

    private PersonalTexts node(String masterKey, String... others) {
        return new PersonalDataConfiguration()
                .personalTexts(database.owner(), new PersonalDataProperties(masterKey, List.of(others)));
    }

    @Test
    void a_sealed_text_says_nothing_and_is_opened_on_any_node() {
        var sealed = node().seal("17850", EMAIL);
        assertThat(sealed).doesNotContain("customers");
        assertThat(node().open(sealed)).contains(EMAIL);
    }

    /** What is remembered here must not be forgotten by a database that crashes. */
    @Test
    void a_new_key_is_on_disk_before_anything_is_sealed_with_it() {
        var node = node();
        for (int person = 0; person < 50; person++) {
            var before = owner.queryForObject("SELECT pg_current_wal_insert_lsn()::text", String.class);
            node.seal("person-" + person, EMAIL);
            assertThat(owner.queryForObject("SELECT pg_current_wal_flush_lsn() > ?::pg_lsn", Boolean.class, before))
                    .isTrue();
        }
    }

    @Test
    void the_same_text_of_the_same_person_is_sealed_alike_and_of_another_one_not() {
        var first = node().seal("17850", EMAIL);
        assertThat(node().seal("17850", EMAIL)).isEqualTo(first);
        assertThat(node().seal("17851", EMAIL)).isNotEqualTo(first);
        assertThat(node().seal("17850", EMAIL + "x")).isNotEqualTo(first);
    }

    @Test
    void what_was_never_sealed_is_itself() {
        assertThat(node().open(EMAIL)).contains(EMAIL);
    }

    @Test
    void who_is_forgotten_cannot_be_read_any_more_whatever_comes_later_can() {
        var node = node();
        var before = node.seal("17850", EMAIL);
        var ofAnother = node.seal("17851", EMAIL);
        node.forget("17850");
        var after = node.seal("17850", EMAIL);
        assertThat(node.open(before)).isEmpty();
        assertThat(node().open(before)).isEmpty();
        assertThat(node().open(after)).contains(EMAIL);
        assertThat(node().open(ofAnother)).contains(EMAIL);
        assertThat(owner.queryForObject("SELECT count(*) FROM personal_data.key", Long.class))
                .isEqualTo(2);
    }

    @Test
    void all_that_is_sealed_in_a_json_is_opened_or_shown_as_erased() {
        var node = node();
        var json = Map.<String, Object>of(
                "orderId",
                "536365",
                "total",
                1530,
                "contact",
                Map.of("email", node.seal("17850", EMAIL)),
                "others",
                List.of(node.seal("17851", EMAIL)));
        assertThat(node.openAll(json))
                .isEqualTo(Map.of(
                        "orderId",
                        "536365",
                        "total",
                        1530,
                        "contact",
                        Map.of("email", EMAIL),
                        "others",
                        List.of(EMAIL)));
        node.forget("17850");
        assertThat(node.openAll(json)).containsEntry("contact", Map.of("email", PersonalTexts.ERASED));
    }

    @Test
    void a_changed_text_is_refused() {
        var sealed = node().seal("17850", EMAIL);
        var changed = sealed.substring(0, sealed.length() - 2) + (sealed.endsWith("AA") ? "BB" : "AA");
        assertThatThrownBy(() -> node().open(changed)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_is_wrapped_anew_when_the_master_key_changes() {
        var sealed = node(OLD).seal("17850", EMAIL);
        assertThatThrownBy(() -> node(NEW)).hasMessageContaining("other-master-keys");
        assertThat(node(NEW, OLD).open(sealed)).contains(EMAIL);
        assertThat(node(NEW).open(sealed)).contains(EMAIL);
        assertThatThrownBy(() -> node(OLD)).hasMessageContaining("other-master-keys");
        assertThatThrownBy(this::node).hasMessageContaining("platform.personal-data.master-key is missing");
    }

    @Test
    void a_master_key_from_the_configuration_takes_the_place_of_the_databases_own() {
        var sealed = node().seal("17850", EMAIL);
        assertThat(node(NEW).open(sealed)).contains(EMAIL);
        assertThat(owner.queryForObject("SELECT key FROM personal_data.master", byte[].class))
                .isNull();
        assertThat(node(NEW).open(sealed)).contains(EMAIL);
    }

    @Test
    void what_is_no_key_is_refused_by_its_name() {
        assertThatThrownBy(() -> node("too short")).hasMessageContaining("platform.personal-data.master-key");
    }
}
