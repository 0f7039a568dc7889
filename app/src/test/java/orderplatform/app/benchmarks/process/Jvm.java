package orderplatform.app.benchmarks.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** JVMs beside this one, none of which outlives it. */
public final class Jvm {

    /** What every JVM that is measured gets, the floors too. In a hurry the first compiler has to do. */
    public static final List<String> OPTIONS = Settings.fromSystemProperties().quick()
            ? List.of("-Xmx512m", "-XX:+UseParallelGC", "-XX:TieredStopAtLevel=1")
            : List.of("-Xmx512m", "-XX:+UseParallelGC");

    public static final List<String> COMMAND =
            Stream.concat(Stream.of(tool("java")), OPTIONS.stream()).toList();

    /** A JVM may write a cache of its classes when it ends. */
    private static final int STOPS_WITHIN_SECONDS = 120;

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Jvm::endAll));
    }

    private Jvm() {}

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    static void collectGarbage(Process process) throws IOException, InterruptedException {
        var collection = new ProcessBuilder(tool("jcmd"), Long.toString(process.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (collection.waitFor() != 0) {
            throw new IOException("jcmd GC.run failed with " + collection.exitValue());
        }
    }

    /** Runs to its end. */
    public static void run(String... arguments) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Stream.concat(COMMAND.stream(), Stream.of(arguments)).toList())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("java %s failed with %d".formatted(List.of(arguments), process.exitValue()));
        }
    }

    public static synchronized Process start(ProcessBuilder builder) throws IOException {
        if (ending) {
            throw new IllegalStateException("No JVM is started any more");
        }
        var process = builder.start();
        RUNNING.add(process);
        return process;
    }

    private static synchronized void endAll() {
        ending = true;
        RUNNING.forEach(Process::destroy);
        RUNNING.forEach(Jvm::end);
    }

    /** As a service manager would: asks first. */
    public static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(process);
    }
}
