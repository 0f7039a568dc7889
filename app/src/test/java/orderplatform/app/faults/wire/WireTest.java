package orderplatform.app.faults.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said is recognised, in however many pieces it comes. */
class WireTest {

    private static final int WHOLE = 10_000;
    private static final int PROTOCOL = 196_608;
    private static final int ENCRYPTION_REQUEST = 80_877_103;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream said = new DataOutputStream(bytes);
    private final PostgresWire postgres = new PostgresWire();
    private final Framer questions = postgres.questions();
    private final Framer answers = postgres.answers();

    /** Names and where each begins, in all that was said since the last time. */
    private List<String> heard(Framer framer, int piece) {
        var all = bytes.toByteArray();
        bytes.reset();
        var names = new ArrayList<String>();
        for (int from = 0; from < all.length; from += piece) {
            int count = Math.min(piece, all.length - from);
            var part = new byte[count];
            System.arraycopy(all, from, part, 0, count);
            framer.feed(part, count).stream()
                    .map(Framer.Named::name)
                    .filter(name -> !name.isEmpty())
                    .forEach(names::add);
        }
        return names;
    }

    private void message(char type, String content) throws IOException {
        var body = content.getBytes(StandardCharsets.US_ASCII);
        said.writeByte(type);
        said.writeInt(Integer.BYTES + body.length);
        said.write(body);
    }

    private void prepare(String name, String sql) throws IOException {
        message('P', name + "\0" + sql + "\0\0\0");
    }

    private void run(String name) throws IOException {
        message('B', "\0" + name + "\0" + "x".repeat(2_000));
        message('E', "\0\0\0\0\0");
        message('S', "");
    }

    @BeforeEach
    void connect() throws IOException {
        said.writeInt(2 * Integer.BYTES);
        said.writeInt(ENCRYPTION_REQUEST);
        said.writeInt(2 * Integer.BYTES + 1);
        said.writeInt(PROTOCOL);
        said.writeByte(0);
        heard(questions, WHOLE);
        said.writeByte('N');
        message('R', "\0\0\0\0");
        heard(answers, WHOLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, WHOLE})
    void an_append_its_commit_and_the_answer_to_that(int piece) throws IOException {
        prepare("S_1", "SELECT * FROM event_log.append(?)");
        prepare("", "COMMIT");
        run("");
        run("S_1");
        run("");
        assertThat(heard(questions, piece)).containsExactly(PostgresWire.APPEND, PostgresWire.COMMIT);
        message('C', "COMMIT\0");
        message('C', "COMMIT\0");
        assertThat(heard(answers, piece)).containsExactly(PostgresWire.COMMITTED);
    }

    @Test
    void a_step_of_a_payment_and_its_answer_but_no_question_and_no_failure() throws IOException {
        var http = new HttpWire();
        said.writeBytes("GET /payments/pay-1/authorise HTTP/1.1\r\n");
        assertThat(heard(http.questions(), WHOLE)).isEmpty();
        said.writeBytes("PUT /payments/pay-1/authorise HTTP/1.1\r\n");
        assertThat(heard(http.questions(), WHOLE)).containsExactly(HttpWire.CALL);
        said.writeBytes("HTTP/1.1 503 \r\n");
        assertThat(heard(http.answers(), WHOLE)).isEmpty();
        said.writeBytes("HTTP/1.1 200 \r\n");
        assertThat(heard(http.answers(), WHOLE)).containsExactly(HttpWire.ANSWER);
    }

    private void frame(int type, int method) throws IOException {
        said.writeByte(type);
        said.writeShort(1);
        said.writeInt(8);
        said.writeShort(60);
        said.writeShort(method);
        said.writeInt(0);
        said.writeByte(0xCE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, WHOLE})
    void a_message_that_is_published_and_one_that_is_acknowledged(int piece) throws IOException {
        said.writeBytes("AMQP\0\0\t\1");
        frame(1, 40);
        frame(2, 80);
        frame(1, 80);
        assertThat(heard(new AmqpWire().questions(), piece)).containsExactly(AmqpWire.PUBLISH, AmqpWire.ACK);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, WHOLE})
    void a_message_that_the_broker_confirms(int piece) throws IOException {
        frame(1, 80);
        assertThat(heard(new AmqpWire().answers(), piece)).containsExactly(AmqpWire.CONFIRM);
    }
}
