package orderplatform.app;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The class path of platforms in a JVM of their own: this one's without the tests, folders packed into jars, and in
 * front the first rows of the demo day, which hide the whole day. Only of jars does a JVM keep an archive of loaded
 * classes, with which the next one starts in half of the time.
 */
public interface PlatformClasses {

    String DEMO_DAY = "demo/online-retail-2010-12-01.csv.gz";

    /** With the header. Enough that every hundredth SKU, of which half is missing, is among them. */
    int DEMO_LINES = 200;

    /** How the jar ends with what modules' tests have in common. */
    String TESTS = "-tests.jar";

    Path FOLDER = Path.of("target", "platform-classes");
    String PATH = packed();
    Path ARCHIVE = archive();

    /** Have the archive used if there is one. */
    static List<String> flags() {
        return List.of("-XX:SharedArchiveFile=" + ARCHIVE, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    /** One for this class path: a JVM neither uses nor renews one that was made with another. */
    private static Path archive() {
        try (var old = Files.list(FOLDER)) {
            var seen = new StringBuilder(PATH);
            for (var file : PATH.split(File.pathSeparator)) {
                seen.append(Files.getLastModifiedTime(Path.of(file)).toMillis());
            }
            var archive =
                    FOLDER.resolve("classes-%08x.jsa".formatted(seen.toString().hashCode()));
            for (var file : old.filter(each -> each.toString().endsWith(".jsa")).toList()) {
                if (!file.equals(archive)) {
                    Files.delete(file);
                }
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of the demo day that the processes play, with the header. */
    static List<String> demoDay() {
        try (var file = PlatformClasses.class.getResourceAsStream("/" + DEMO_DAY);
                var rows =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            return rows.lines().limit(DEMO_LINES).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String packed() {
        try {
            var shortDay = jar("demo-day", new TreeMap<>(Map.of(DEMO_DAY, zipped(demoDay()))));
            var path = new ArrayList<>(List.of(shortDay));
            for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                var file = Path.of(entry);
                if (!file.endsWith("test-classes") && !entry.endsWith(TESTS)) {
                    path.add(Files.isDirectory(file) ? packed(file, "folder-" + path.size()) : file);
                }
            }
            return path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] zipped(List<String> rows) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(String.join("\n", rows).getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static Path packed(Path folder, String name) throws IOException {
        try (var files = Files.walk(folder)) {
            var entries = new TreeMap<String, byte[]>();
            for (var file : files.filter(each -> !each.equals(folder)).toList()) {
                var entry = folder.relativize(file).toString().replace(File.separatorChar, '/');
                // A search for the classes of a package looks for its folder.
                entries.put(
                        Files.isDirectory(file) ? entry + "/" : entry,
                        Files.isDirectory(file) ? new byte[0] : Files.readAllBytes(file));
            }
            return jar(name, entries);
        }
    }

    /** Leaves a jar with the same content alone, for the archive knows it by its time. */
    private static Path jar(String name, TreeMap<String, byte[]> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new JarOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                var file = new JarEntry(entry.getKey());
                file.setTime(0);
                out.putNextEntry(file);
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        var jar = Files.createDirectories(FOLDER).resolve(name + ".jar");
        if (!Files.exists(jar) || !Arrays.equals(Files.readAllBytes(jar), bytes.toByteArray())) {
            Files.write(jar, bytes.toByteArray());
        }
        return jar;
    }
}
