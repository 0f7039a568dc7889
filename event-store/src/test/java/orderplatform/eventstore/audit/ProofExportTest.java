package orderplatform.eventstore.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import orderplatform.eventstore.Database;
import orderplatform.eventstore.Purse;
import orderplatform.eventstore.TestNode;
import orderplatform.eventstore.audit.LogVerdict.Broken;
import orderplatform.eventstore.log.EventDigest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each test is somebody who can write to the file. */
class ProofExportTest {

    private static final int EVENTS = 60;
    private static final long LAST = EVENTS - 1;

    private final Database database = Database.create();
    private final ProofExport export = new ProofExport(database.application());
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void writeBatches() throws IOException {
        try (var node = TestNode.on(database)) {
            for (int i = 0; i < EVENTS; i += 4) {
                int from = i;
                CompletableFuture.allOf(IntStream.range(from, from + 4)
                                .mapToObj(each -> node.send(new Purse.PutIn("p\u00fcrse-" + each % 7, each)))
                                .toArray(CompletableFuture[]::new))
                        .join();
            }
        }
        lines.addAll(exported(-1, null));
    }

    private List<String> exported(long after, Long to) throws IOException {
        var out = new StringBuilder();
        export.write(after, to, out);
        return out.toString().lines().toList();
    }

    private static LogVerdict verdict(List<String> file) throws IOException {
        return new ProofVerification(Set.of()).verify(new BufferedReader(new StringReader(String.join("\n", file))));
    }

    private Broken broken() throws IOException {
        var verdict = verdict(lines);
        assertThat(verdict.verified()).isFalse();
        return verdict.firstBroken();
    }

    private static JsonNode json(String line) {
        return JsonMapper.shared().readTree(line);
    }

    /** Index of the line of an event. */
    private int line(long position) {
        return IntStream.range(0, lines.size())
                .filter(i -> json(lines.get(i)).path("event").path("position").asLong(-1) == position)
                .findFirst()
                .orElseThrow();
    }

    /** Index of the line behind the events of a batch. */
    private int batchOf(long position) {
        return IntStream.range(line(position), lines.size())
                .filter(i -> json(lines.get(i)).has("batch"))
                .findFirst()
                .orElseThrow();
    }

    private long firstOfBatch(long position) {
        return json(lines.get(batchOf(position))).path("batch").path("first").asLong();
    }

    private long lastOfBatch(long position) {
        return json(lines.get(batchOf(position))).path("batch").path("last").asLong();
    }

    @Test
    void a_file_that_nobody_touched_is_whole_and_has_the_hashes_of_the_log() throws IOException {
        var log = new LogVerification(database.application());
        var verification = new ProofVerification(Set.of(LAST, 0L));

        var verdict = verification.verify(new BufferedReader(new StringReader(String.join("\n", lines))));

        assertThat(verdict).isEqualTo(log.verify(0, Long.MAX_VALUE, position -> {}));
        assertThat(verdict.events()).isEqualTo(EVENTS);
        assertThat(verification.hashAt(LAST).map(ProofLine::hex))
                .isPresent()
                .isEqualTo(log.hashAt(LAST).map(ProofLine::hex));
    }

    @Test
    void a_stretch_is_of_whole_batches_and_verified_by_itself() throws IOException {
        var stretch = exported(20, 30L);
        assertThat(json(stretch.getFirst()).path("event").path("position").asLong())
                .isEqualTo(firstOfBatch(21));
        assertThat(json(stretch.getLast()).path("end").path("position").asLong())
                .isEqualTo(lastOfBatch(30));
        assertThat(verdict(stretch).verified()).isTrue();
        assertThat(verdict(exported(LAST, null)).verified()).isTrue();
    }

    @Test
    void a_file_that_broke_off_goes_on_behind_its_last_batch() throws IOException {
        int cut = batchOf(31) + 1;
        var parts = new ArrayList<>(lines.subList(0, cut));
        assertThat(verdict(parts).firstBroken())
                .isEqualTo(new Broken(lastOfBatch(31) + 1, "is missing: the file ends before its end"));

        parts.addAll(exported(lastOfBatch(31), null));

        assertThat(parts).isEqualTo(lines);
        var twoFiles = new ArrayList<>(exported(-1, 31L));
        twoFiles.addAll(exported(lastOfBatch(31), null));
        assertThat(verdict(twoFiles).events()).isEqualTo(EVENTS);
        assertThat(verdict(twoFiles).verified()).isTrue();
    }

    @Test
    void a_changed_byte_is_found_in_its_batch() throws IOException {
        var whole = lines.get(line(31));
        for (var change : List.of(
                whole.replace("amount\\\":", "amount\\\": "),
                whole.replace("\"metadata\":\"{", "\"metadata\":\"{ "),
                whole.replaceFirst("\"version\":\\d+", "\"version\":77"),
                whole.replaceFirst("recordedAt\":\"2", "recordedAt\":\"3"))) {
            assertThat(change).isNotEqualTo(whole);
            lines.set(line(31), change);
            assertThat(broken().position()).isEqualTo(firstOfBatch(31));
            assertThat(broken().what()).contains("that is not as it was written");
            lines.set(line(31), whole);
        }
        lines.set(line(31), whole.substring(1));
        assertThat(broken()).isEqualTo(new Broken(31, "is in a line that can't be read"));
    }

    @Test
    void a_deleted_line_is_named() throws IOException {
        lines.remove(line(31));
        assertThat(broken()).isEqualTo(new Broken(31, "is missing"));
    }

    @Test
    void a_deleted_line_of_a_batch_is_found() throws IOException {
        long next = lastOfBatch(31) + 1;
        lines.remove(batchOf(31));
        assertThat(broken().what()).contains("begins no batch");
        assertThat(broken().position()).isLessThan(next);
    }

    @Test
    void lines_that_changed_places_are_found() throws IOException {
        Collections.swap(lines, line(31), line(40));
        assertThat(broken()).isEqualTo(new Broken(31, "is missing"));
    }

    @Test
    void a_deleted_end_is_found_whether_or_not_the_last_line_is_left() throws IOException {
        int cut = batchOf(31) + 1;
        long next = lastOfBatch(31) + 1;
        var end = lines.getLast();
        lines.subList(cut, lines.size()).clear();
        assertThat(broken().position()).isEqualTo(next);
        lines.add(end);
        assertThat(broken()).isEqualTo(new Broken(next, "is missing with all behind it, up to " + LAST));
    }

    @Test
    void a_rewritten_batch_is_given_away_by_the_next_one() throws IOException {
        var batch = json(lines.get(batchOf(31))).path("batch");
        lines.set(line(31), lines.get(line(31)).replace("amount\\\":", "amount\\\": "));
        long first = batch.path("first").asLong();
        long last = batch.path("last").asLong();
        var events = IntStream.rangeClosed((int) first, (int) last)
                .mapToObj(at -> JsonMapper.shared()
                        .readValue(lines.get(line(at)), ProofLine.class)
                        .event()
                        .stored())
                .toList();
        var forged = HashChain.next(
                HexFormat.of().parseHex(batch.path("previousHash").asString()), first, last, EventDigest.of(events));
        lines.set(
                batchOf(31),
                lines.get(batchOf(31))
                        .replace("\"hash\":\"" + batch.path("hash").asString(), "\"hash\":\"" + ProofLine.hex(forged)));

        assertThat(broken())
                .isEqualTo(new Broken(last + 1, "begins a batch that does not follow from the one before it"));
    }

    @Test
    void an_empty_log_is_whole_and_an_empty_file_is_not() throws IOException {
        var out = new StringBuilder();
        new ProofExport(Database.create().application()).write(-1, null, out);
        assertThat(verdict(out.toString().lines().toList())).isEqualTo(new LogVerdict(true, 0, 0, -1, null));
        assertThat(verdict(List.of()).verified()).isFalse();
        assertThat(verdict(List.of("{}")).verified()).isFalse();
    }
}
