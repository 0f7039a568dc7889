package orderplatform.app.benchmarks.floor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orderplatform.app.benchmarks.process.Jvm;

/**
 * How the platform and the empty application are started.
 *
 * @param platform the platform's jar
 * @param platformOptions of its JVM
 * @param emptyClassPath jars alone, because no cache of classes takes folders
 */
public record Packaging(
        String name, Path platform, List<String> platformOptions, String emptyClassPath, List<String> emptyOptions) {

    /** What {@link HttpFloor} needs besides the platform's libraries. */
    private static final List<Class<?>> EMPTY =
            List.of(HttpFloor.class, HttpFloor.Order.class, HttpFloor.Line.class, HttpFloor.Orders.class);

    /** The platform from its one jar, the empty application from the same libraries extracted. */
    public static Packaging plain(Path jar, Path folder) throws IOException, InterruptedException {
        Jvm.run("-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", folder.toString());
        return new Packaging("jar", jar, List.of(), emptyClassPath(folder), List.of());
    }

    /** Both as {@link #plain} left them in the folder, with a cache of classes each; {@code option} makes or takes it. */
    public Packaging cached(Path folder, Path jar, String option) {
        return new Packaging(
                "cache",
                folder.resolve(jar.getFileName()),
                List.of(option + folder.resolve("platform.aot")),
                emptyClassPath,
                List.of(option + folder.resolve("empty.aot")));
    }

    private static String emptyClassPath(Path folder) throws IOException {
        var own = folder.resolve("empty.jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(own))) {
            for (var type : EMPTY) {
                var name = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(name));
                try (var content = type.getClassLoader().getResourceAsStream(name)) {
                    content.transferTo(jar);
                }
            }
        }
        try (var libraries = Files.list(folder.resolve("lib"))) {
            return Stream.concat(Stream.of(own), libraries.sorted())
                    .map(Path::toString)
                    .collect(Collectors.joining(":"));
        }
    }
}
