package orderplatform.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import orderplatform.app.Platform;
import orderplatform.app.cli.Ran;
import orderplatform.app.embedded.FreePort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The log is verified over HTTP and from the command line, before and after somebody has changed it. */
@Order(2)
@DisabledIf("orderplatform.app.Platform#isOnBaselineStores")
@ResourceLock(Resources.SYSTEM_OUT)
class AuditTest {

    private static final String VERIFICATION = "/api/audit/verification";
    private static final String CHECKPOINTS = "/api/audit/checkpoints";

    private static Platform platform;

    @BeforeAll
    static void start() {
        platform = Platform.start();
        platform.order("17850", platform.stocked(10), 2).expect(201);
        awaitReaders(platform);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static Ran verifyLog(Platform platform, String... more) {
        return verifyLog(platform.property("spring.datasource.url"), platform, more);
    }

    private static Ran verifyLog(String database, Platform platform, String... more) {
        var command = Stream.of(
                "verify-log",
                "--database=" + database,
                "--user=" + platform.property("spring.datasource.username"),
                "--password=" + platform.property("spring.datasource.password"));
        return Ran.command(Stream.concat(command, Stream.of(more)).toArray(String[]::new));
    }

    /** As the one who can do everything. */
    private static void tamper(Platform platform, String statement) {
        var owner = new DriverManagerDataSource(
                platform.property("spring.datasource.url"),
                platform.property("spring.flyway.user"),
                platform.property("spring.flyway.password"));
        JdbcClient.create(owner).sql(statement).update();
    }

    @Test
    void one_changed_byte_is_found_and_named() {
        var whole = platform.get(VERIFICATION).expect(200);
        assertThat(whole.body().propertyNames())
                .containsExactlyInAnyOrder("verified", "events", "batches", "head", "firstBroken");
        assertThat(whole.body().path("verified").asBoolean()).isTrue();
        assertThat(whole.body().path("firstBroken").isNull()).isTrue();
        assertThat(whole.number("events")).isEqualTo(whole.number("head") + 1).isPositive();
        assertThat(verifyLog(platform)).satisfies(ran -> {
            assertThat(ran.exitCode()).isZero();
            assertThat(ran.out()).contains("whole: ");
        });

        change("quantity\":2", "quantity\":3");

        var broken = platform.get(VERIFICATION).expect(200);
        assertThat(broken.body().path("verified").asBoolean()).isFalse();
        var first = broken.body().path("firstBroken");
        assertThat(first.path("what").asString()).contains("not as it was written");
        var named = verifyLog(platform, "--json");
        assertThat(named.exitCode()).isEqualTo(1);
        assertThat(named.out()).contains("\"firstBroken\":" + first);
        long position = first.path("position").asLong();
        assertThat(platform.get("%s?from=0&to=%d".formatted(VERIFICATION, position - 1))
                        .expect(200)
                        .body()
                        .path("verified")
                        .asBoolean())
                .isTrue();

        change("quantity\":3", "quantity\":2");
        assertThat(platform.get(VERIFICATION).body()).isEqualTo(whole.body());
    }

    private static void change(String from, String to) {
        tamper(platform, """
                DO $$ BEGIN
                    SET LOCAL session_replication_role = replica;
                    UPDATE event_log.event SET payload = replace(payload::text, '%s', '%s')::json
                    WHERE event_type = 'order.placed';
                END $$""".formatted(from, to));
    }

    @ParameterizedTest
    @CsvSource({"from,?from=-1", "to,?from=3&to=2"})
    void a_range_that_is_none_is_named(String field, String parameters) {
        var answer = platform.get(VERIFICATION + parameters).expect(400);
        assertThat(answer.body().path("errors").path(0).path("field").asString())
                .isEqualTo(field);
    }

    @Test
    void a_database_that_is_not_there_is_no_changed_log() {
        var ran = verifyLog("jdbc:postgresql://127.0.0.1:%d/none".formatted(FreePort.find()), platform);
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("cannot read the log of jdbc:postgresql://127.0.0.1");
        assertThat(verifyLog(platform, "--from=-1").err()).contains("--from must not be negative");
    }

    /** Behind the log's tail there is an event, not among the first thousand, that can't be shown. */
    @Test
    void an_export_that_breaks_off_is_not_taken_for_a_whole_one() {
        tamper(platform, """
                INSERT INTO event_log.event (position, stream, version, event_id, event_type, recorded_at, payload, metadata)
                SELECT 10000 + i, 'order-broken', i, gen_random_uuid(), 'order.confirmed', now(),
                       (CASE i WHEN 2500 THEN '[]' ELSE '{"orderId":"broken"}' END)::json, '{}'
                FROM generate_series(0, 2500) AS i""");
        var export = new String[] {"export", "--url=" + platform.uri(""), "--after=9999", "--to=99999"};

        var broken = Ran.command(export);

        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.err()).contains("broke off");
        assertThat(broken.out()).contains("\"position\":10000,").doesNotContain("\"position\":12500,");
        export[export.length - 1] = "--to=11999";
        assertThat(Ran.command(export).exitCode()).isZero();
    }

    @Test
    void an_export_is_verified_without_platform_and_database(@TempDir Path folder) throws Exception {
        var file = folder.resolve("log.ndjson");
        var export = "--export=" + file;
        assertThat(Ran.command("export", "--proof", "--output=" + file, "--url=" + platform.uri(""))
                        .exitCode())
                .isZero();

        var whole = Ran.command("verify-log", export, "--json");
        assertThat(whole.exitCode()).isZero();
        assertThat(whole.out()).contains("\"verified\":true");

        Files.writeString(file, Files.readString(file).replace("\\\"quantity\\\":2", "\\\"quantity\\\":3"));
        var changed = Ran.command("verify-log", export);
        assertThat(changed.exitCode()).isEqualTo(1);
        assertThat(changed.out()).contains("that is not as it was written");
        assertThat(Ran.command("verify-log", "--export=" + folder.resolve("none"))
                        .exitCode())
                .isEqualTo(2);
        assertThat(Ran.command("verify-log", export, "--database=jdbc:x", "--user=x")
                        .exitCode())
                .isEqualTo(2);
        assertThat(Ran.command("verify-log").exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"format,&format=csv", "type,&type=order.placed", "stream,&stream=order-1"})
    void an_export_with_its_proof_is_of_all_there_is(String field, String parameters) {
        var answer = platform.get("/api/events/export?proof=true" + parameters).expect(400);
        assertThat(answer.body().path("errors").path(0).path("field").asString())
                .isEqualTo(field);
    }

    @Test
    void checkpoints_are_shown_in_bounds() {
        var answer = platform.get(CHECKPOINTS + "?limit=0").expect(400);
        assertThat(answer.body().path("errors").path(0).path("field").asString())
                .isEqualTo("limit");
    }

    /** As the owner of the database, who knows how the hashes are made. */
    private static final String FORGE = """
            CREATE FUNCTION pg_temp.field(value text) RETURNS bytea LANGUAGE sql AS $$
                SELECT CASE WHEN value IS NULL THEN int4send(-1)
                    ELSE int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8') END $$;
            DO $$ DECLARE
                one event_log.batch;
                digest bytea;
                previous bytea;
            BEGIN
                SET LOCAL session_replication_role = replica;
                UPDATE event_log.event SET payload = replace(payload::text, 'quantity":2', 'quantity":1')::json
                WHERE event_type = 'order.placed';
                FOR one IN SELECT * FROM event_log.batch ORDER BY first_position LOOP
                    SELECT sha256(string_agg(pg_temp.field(stream) || int8send(version) || pg_temp.field(event_id::text)
                        || pg_temp.field(event_type) || pg_temp.field(revision) || pg_temp.field(stream_type)
                        || int8send((extract(epoch FROM recorded_at) * 1000000)::bigint)
                        || pg_temp.field(payload::text) || pg_temp.field(metadata::text), '' ORDER BY position)) INTO digest
                    FROM event_log.event WHERE position BETWEEN one.first_position AND one.last_position;
                    previous := coalesce(previous, one.previous_hash);
                    UPDATE event_log.batch SET previous_hash = previous,
                        hash = sha256(previous || int8send(one.first_position) || int8send(one.last_position) || digest)
                    WHERE first_position = one.first_position RETURNING hash INTO previous;
                END LOOP;
                UPDATE event_log.tail SET hash = previous;
            END $$""";

    @Test
    void a_whole_chain_that_was_computed_anew_is_given_away_by_a_checkpoint() throws Exception {
        var folder = Platform.newFolder();
        try (var shop = Platform.startOn(folder)) {
            shop.order("17850", shop.stocked(10), 2).expect(201);
            awaitReaders(shop);
            var first = shop.post(CHECKPOINTS, "").expect(200);
            shop.order("17850", shop.stocked(10), 1).expect(201);
            awaitReaders(shop);
            var second = shop.post(CHECKPOINTS, "").expect(200);
            assertThat(shop.get(CHECKPOINTS).body().valueStream()).containsExactly(first.body(), second.body());
            assertThat(shop.get(CHECKPOINTS + "?limit=1").body().valueStream()).containsExactly(second.body());

            tamper(shop, FORGE);

            assertThat(verifyLog(shop).out()).contains("whole: ");
            var checkpoints = "--checkpoints=" + folder.resolve("audit");
            var named =
                    "position %d ends a log that is not the one of the checkpoint".formatted(first.number("position"));
            assertThat(verifyLog(shop, checkpoints).out()).contains(named);
            var broken = shop.get(VERIFICATION).expect(200).body().path("firstBroken");
            assertThat(broken.path("position").asLong()).isEqualTo(first.number("position"));
            shop.order("17850", shop.stocked(10), 1).expect(201);
            assertThat(shop.post(CHECKPOINTS, "").expect(409).text("type")).isEqualTo("/problems/log-changed");

            var export = folder.resolve("log.ndjson");
            Ran.command("export", "--proof", "--output=" + export, "--url=" + shop.uri(""));
            assertThat(Ran.command("verify-log", "--export=" + export).out()).contains("whole: ");
            var exported = Ran.command("verify-log", "--export=" + export, checkpoints);
            assertThat(exported.exitCode()).isEqualTo(1);
            assertThat(exported.out()).contains(named);
        }
    }

    private static void awaitReaders(Platform shop) {
        shop.await(
                "/api/projections",
                it -> it.body().valueStream().allMatch(one -> one.path("lag").asLong() == 0));
    }

    /** By somebody who sets back the tail, too, so that the chain of hashes is whole. */
    @Test
    void an_end_that_was_cut_off_is_given_away_by_a_checkpoint() throws Exception {
        var folder = Platform.newFolder();
        try (var shop = Platform.startOn(folder)) {
            shop.order("17850", shop.stocked(10), 2).expect(201);
            awaitReaders(shop);
            var made = shop.post(CHECKPOINTS, "").expect(200);
            assertThat(made.body().propertyNames())
                    .containsExactlyInAnyOrder("position", "hash", "signature", "keyId", "at");
            assertThat(shop.post(CHECKPOINTS, "").body()).isEqualTo(made.body());
            assertThat(shop.get(CHECKPOINTS).body().path(0)).isEqualTo(made.body());
            assertThat(shop.get(VERIFICATION).body().path("verified").asBoolean())
                    .isTrue();

            tamper(shop, """
            DO $$ DECLARE cut event_log.batch; BEGIN
                SET LOCAL session_replication_role = replica;
                SELECT * INTO cut FROM event_log.batch ORDER BY first_position DESC LIMIT 1;
                DELETE FROM event_log.event WHERE position >= cut.first_position;
                DELETE FROM event_log.batch WHERE first_position = cut.first_position;
                UPDATE event_log.tail SET position = cut.first_position - 1, hash = cut.previous_hash;
            END $$""");

            var first = shop.get(VERIFICATION).expect(200).body().path("firstBroken");
            assertThat(first.path("position").asLong()).isEqualTo(made.number("position"));
            assertThat(first.path("what").asString()).contains("not the one of the checkpoint");
            assertThat(shop.post(CHECKPOINTS, "").expect(409).text("type")).isEqualTo("/problems/log-changed");
            assertThat(verifyLog(shop).exitCode()).isZero();
            var checkpoints = "--checkpoints=" + folder.resolve("audit");
            assertThat(verifyLog(shop, checkpoints).out()).contains("not the one of the checkpoint");
            assertThat(verifyLog(shop, "--checkpoints=" + folder).exitCode()).isEqualTo(2);

            var file = folder.resolve("audit/checkpoints.jsonl");
            Files.writeString(file, Files.readString(file).replaceFirst("\"position\":\\d+", "\"position\":1"));
            assertThat(verifyLog(shop, checkpoints).out()).contains("position 1 has a checkpoint that was not signed");
        }
    }
}
