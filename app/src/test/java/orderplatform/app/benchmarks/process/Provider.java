package orderplatform.app.benchmarks.process;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import orderplatform.app.embedded.FreePort;

/** The payment provider's stand-in in a process of its own, so that its CPU time is counted apart from the platform's. */
final class Provider implements Closeable {

    /** No customer here has payments that are called back. */
    private static final String NOWHERE = "http://127.0.0.1:1/api/payments/webhook";

    private static final String SECRET = "of-nobody";

    /** It keeps its books in memory, a kilobyte or so a payment. */
    private static final String ROOM_FOR_LEDGER = "-Xmx4g";

    private final int port = FreePort.find();
    private final Process process;

    Provider(Path jar, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> command = new ArrayList<>(Jvm.COMMAND);
        command.addAll(List.of(
                ROOM_FOR_LEDGER,
                "-jar",
                jar.toString(),
                "payments",
                "--port=" + port,
                "--ledger=" + folder.resolve("ledger.jsonl"),
                "--webhook=" + NOWHERE,
                "--secret=" + SECRET));
        process = Jvm.start(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("provider.log").toFile()));
    }

    void awaitStarted() throws InterruptedException {
        Patience.until("the payment provider", process::isAlive, () -> {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            }
        });
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** What leads a node to it. */
    List<String> arguments() {
        return List.of("--platform.payments.url=" + url(), "--platform.payments.webhook-secret=" + SECRET);
    }

    /** How many payments it has captured in full. */
    long captures() throws IOException {
        try (var connection = new Connection(port)) {
            var ledger = connection.get("/ledger").expect(200).json();
            return StreamSupport.stream(ledger.spliterator(), false)
                    .filter(payment -> payment.path("captured").asLong() > 0
                            && payment.path("captured").asLong()
                                    == payment.path("authorised").asLong())
                    .count();
        }
    }

    double cpu() {
        return Cpu.seconds(process.toHandle());
    }

    @Override
    public void close() {
        Jvm.end(process);
    }
}
