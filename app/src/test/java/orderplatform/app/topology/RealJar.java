package orderplatform.app.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import orderplatform.app.Platform;
import orderplatform.app.benchmarks.process.Jvm;
import orderplatform.app.benchmarks.process.Node;

/** What the build has made, as it is and taken apart as in the image: then a start takes two thirds of the processor time. */
final class RealJar {

    static final Path WHOLE = Path.of("target", "order-platform.jar").toAbsolutePath();

    private static final List<String> QUICK_TO_START = List.of("-XX:TieredStopAtLevel=1");

    private RealJar() {}

    static void launch(Node node) throws IOException {
        node.from(WHOLE, QUICK_TO_START).launch();
    }

    static void launchExtracted(Node node) throws IOException {
        node.from(Extracted.APPLICATION, QUICK_TO_START).launch();
    }

    private static final class Extracted {

        static final Path APPLICATION = application();

        private static Path application() {
            var folder = Platform.newFolder().resolve("extracted").toAbsolutePath();
            try {
                Jvm.run("-Djarmode=tools", "-jar", WHOLE.toString(), "extract", "--destination", folder.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            return folder.resolve(WHOLE.getFileName());
        }
    }
}
