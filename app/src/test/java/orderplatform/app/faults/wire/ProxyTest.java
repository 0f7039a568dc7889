package orderplatform.app.faults.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import orderplatform.app.faults.wire.Proxy.Trouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Before it an echo, a byte at a time. */
class ProxyTest {

    private static final int PATIENCE_MILLIS = 300;

    /** Each byte is a message, named by its value. */
    private static final class Digits extends Framer {

        @Override
        int headerLength() {
            return 1;
        }

        @Override
        long length(ByteBuffer head) {
            return 1;
        }

        @Override
        String name(ByteBuffer head) {
            return String.valueOf(head.get(0));
        }
    }

    private record DigitsOnly(Framer questions, Framer answers) implements Wire {}

    private ServerSocket echo;
    private Proxy proxy;
    private Socket client;

    @BeforeEach
    void connect() throws IOException {
        echo = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::answer);
        proxy = new Proxy(echo.getLocalPort(), () -> new DigitsOnly(new Digits(), new Digits()));
        client = connected();
    }

    private Socket connected() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private void answer() {
        try (var caller = echo.accept()) {
            caller.getInputStream().transferTo(caller.getOutputStream());
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        echo.close();
    }

    private int echoOf(int value) throws IOException {
        client.getOutputStream().write(value);
        return client.getInputStream().read();
    }

    @Test
    void lets_everything_through_where_nothing_is_wrong() throws IOException {
        assertThat(echoOf(7)).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "MUTE", "DEAF"})
    void holds_back_what_passes_when_it_is_mended(Trouble trouble) throws IOException {
        assertThat(echoOf(1)).isEqualTo(1);
        proxy.suffer(trouble);
        assertThatThrownBy(() -> echoOf(2)).isInstanceOf(SocketTimeoutException.class);
        proxy.suffer(Trouble.NONE);
        client.setSoTimeout(0);
        assertThat(client.getInputStream().read()).isEqualTo(2);
    }

    @Test
    void springs_a_trap_instead_of_letting_the_message_through_and_ends_the_connection() throws IOException {
        var sprung = new AtomicInteger();
        proxy.set(new Proxy.Trap("5", false, new AtomicBoolean(true), sprung::incrementAndGet));
        client.getOutputStream().write(new byte[] {4, 5, 5, 6});
        assertThat(client.getInputStream().readAllBytes()).hasSizeLessThan(2);
        assertThat(sprung).hasValue(1);
    }

    @Test
    void springs_a_trap_once_and_lets_the_message_through_where_it_may_pass() throws IOException {
        var sprung = new AtomicInteger();
        proxy.set(new Proxy.Trap("5", true, new AtomicBoolean(true), sprung::incrementAndGet));
        assertThat(echoOf(5)).isEqualTo(5);
        assertThat(echoOf(5)).isEqualTo(5);
        assertThat(sprung).hasValue(1);
    }

    @Test
    void ends_connections_where_it_is_cut_and_takes_new_ones_when_it_is_mended() throws IOException {
        assertThat(echoOf(1)).isEqualTo(1);
        proxy.suffer(Trouble.CUT);
        assertThat(client.getInputStream().read()).isNegative();
        proxy.suffer(Trouble.NONE);
        Thread.ofVirtual().start(this::answer);
        client = connected();
        client.setSoTimeout(0);
        assertThat(echoOf(3)).isEqualTo(3);
    }
}
