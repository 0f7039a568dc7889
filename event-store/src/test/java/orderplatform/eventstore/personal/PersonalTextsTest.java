package orderplatform.eventstore.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.UUID;
import orderplatform.eventstore.Database;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

class PersonalTextsTest {

    private static final String FIELD = "contact.email";
    private static final PersonalText UNREADABLE = new PersonalText.Unreadable();
    private static final String EMAIL = "17850@customers.example";
    private static final PersonalText READ = new PersonalText.Readable(EMAIL);
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
        var sealed = node().seal("17850", FIELD, EMAIL);
        assertThat(sealed).doesNotContain("customers");
        assertThat(node().open("17850", FIELD, sealed)).isEqualTo(READ);
    }

    /** What is remembered here must not be forgotten by a database that crashes. */
    @Test
    void a_new_key_is_on_disk_before_anything_is_sealed_with_it() {
        var node = node();
        for (int person = 0; person < 50; person++) {
            var before = owner.queryForObject("SELECT pg_current_wal_insert_lsn()::text", String.class);
            node.seal("person-" + person, FIELD, EMAIL);
            assertThat(owner.queryForObject("SELECT pg_current_wal_flush_lsn() > ?::pg_lsn", Boolean.class, before))
                    .isTrue();
        }
    }

    @Test
    void the_same_text_of_the_same_person_is_sealed_alike_and_of_another_one_not() {
        var first = node().seal("17850", FIELD, EMAIL);
        assertThat(node().seal("17850", FIELD, EMAIL)).isEqualTo(first);
        assertThat(node().seal("17851", FIELD, EMAIL)).isNotEqualTo(first);
        assertThat(node().seal("17850", FIELD, EMAIL + "x")).isNotEqualTo(first);
    }

    @Test
    void what_was_never_sealed_is_itself() {
        assertThat(node().open("17850", FIELD, EMAIL)).isEqualTo(READ);
    }

    @Test
    void who_is_forgotten_cannot_be_read_any_more_whatever_comes_later_can() {
        var node = node();
        var before = node.seal("17850", FIELD, EMAIL);
        var ofAnother = node.seal("17851", FIELD, EMAIL);
        node.forget("17850");
        var after = node.seal("17850", FIELD, EMAIL);
        assertThat(node.open("17850", FIELD, before)).isEqualTo(new PersonalText.Erased());
        assertThat(node().open("17850", FIELD, before)).isEqualTo(new PersonalText.Erased());
        assertThat(node().open("17850", FIELD, after)).isEqualTo(READ);
        assertThat(node().open("17851", FIELD, ofAnother)).isEqualTo(READ);
        assertThat(owner.queryForObject("SELECT count(*) FROM personal_data.key", Long.class))
                .isEqualTo(2);
    }

    @Test
    void a_seal_opens_for_its_person_and_its_field_alone() {
        var sealed = node().seal("17850", FIELD, EMAIL);
        node().seal("17851", FIELD, EMAIL);
        assertThat(node().open(FIELD, sealed)).isEqualTo(READ);
        assertThat(node().open("17851", FIELD, sealed)).isEqualTo(UNREADABLE);
        assertThat(node().open("17850", "contact.phone", sealed)).isEqualTo(UNREADABLE);
        assertThat(node().open("contact.phone", sealed)).isEqualTo(UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sealed2:",
                "sealed2:x",
                "sealed2:x:y",
                "sealed2:%s",
                "sealed2:%s:",
                "sealed2:%s:?",
                "sealed2:%s:AAAA",
                "sealed:",
                "sealed:box of 10",
                "sealed:%s:AAAA"
            })
    void what_is_no_seal_is_unreadable(String text) {
        var key = node().seal("17850", FIELD, EMAIL).split(":")[1];
        assertThat(node().open("17850", FIELD, text.formatted(key))).isEqualTo(UNREADABLE);
    }

    @Test
    void a_changed_seal_is_unreadable() {
        var sealed = node().seal("17850", FIELD, EMAIL);
        var changed = sealed.substring(0, sealed.length() - 2) + (sealed.endsWith("AA") ? "BB" : "AA");
        assertThat(node().open("17850", FIELD, changed)).isEqualTo(UNREADABLE);
    }

    /** Logs hold them for ever. */
    @Test
    void a_seal_from_before_it_named_person_and_field_is_opened() throws Exception {
        var id = UUID.fromString(node().seal("17850", FIELD, EMAIL).split(":")[1]);
        var master = owner.queryForObject("SELECT key FROM personal_data.master", byte[].class);
        var wrapped = owner.queryForObject("SELECT wrapped FROM personal_data.key", byte[].class);
        var key = MasterKey.of(master).box().open(wrapped, (id + " 17850").getBytes());
        var box = new SecretBox(key).seal(EMAIL.getBytes(), id.toString().getBytes());
        var sealed = "sealed:%s:%s"
                .formatted(id, Base64.getUrlEncoder().withoutPadding().encodeToString(box));
        assertThat(node().open("17850", FIELD, sealed)).isEqualTo(READ);
        assertThat(node().open("17851", FIELD, sealed)).isEqualTo(UNREADABLE);
    }

    @Test
    void a_key_is_wrapped_anew_when_the_master_key_changes() {
        var sealed = node(OLD).seal("17850", FIELD, EMAIL);
        assertThatThrownBy(() -> node(NEW)).hasMessageContaining("other-master-keys");
        assertThat(node(NEW, OLD).open("17850", FIELD, sealed)).isEqualTo(READ);
        assertThat(node(NEW).open("17850", FIELD, sealed)).isEqualTo(READ);
        assertThatThrownBy(() -> node(OLD)).hasMessageContaining("other-master-keys");
        assertThatThrownBy(this::node).hasMessageContaining("platform.personal-data.master-key is missing");
    }

    @Test
    void a_master_key_from_the_configuration_takes_the_place_of_the_databases_own() {
        var sealed = node().seal("17850", FIELD, EMAIL);
        assertThat(node(NEW).open("17850", FIELD, sealed)).isEqualTo(READ);
        assertThat(owner.queryForObject("SELECT key FROM personal_data.master", byte[].class))
                .isNull();
        assertThat(node(NEW).open("17850", FIELD, sealed)).isEqualTo(READ);
    }

    @Test
    void what_is_no_key_is_refused_by_its_name() {
        assertThatThrownBy(() -> node("too short")).hasMessageContaining("platform.personal-data.master-key");
    }
}
