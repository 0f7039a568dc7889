package orderplatform.app.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import orderplatform.app.benchmarks.process.Node;
import orderplatform.app.importing.Import;
import orderplatform.app.retail.Stretch;

/** What the platform's own import says of a stretch of invoices. */
public record Imported(int lines, double seconds, boolean complete) {

    private static final Pattern LINES = Pattern.compile("(?m)^lines +([\\d,]+)$");

    public static Imported run(Stretch stretch, Node node, int clients) throws Exception {
        var importing = new Import(stretch, 0, clients);
        var start = System.nanoTime();
        var summary = importing.run(address(node.port()), address(node.managementPort()));
        var seconds = (System.nanoTime() - start) / 1e9;
        var page = new ByteArrayOutputStream();
        summary.print(new PrintStream(page, true, StandardCharsets.UTF_8));
        var lines = LINES.matcher(page.toString(StandardCharsets.UTF_8));
        if (!summary.complete()) {
            System.err.println(page.toString(StandardCharsets.UTF_8));
        }
        return new Imported(
                lines.find() ? Integer.parseInt(lines.group(1).replace(",", "")) : 0, seconds, summary.complete());
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    public double perSecond() {
        return lines / seconds;
    }
}
