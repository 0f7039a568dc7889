package orderplatform.app.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** CPU time of processes, as Linux counts it. */
public interface Cpu {

    /** Linux tells user space a hundredth of a second, whatever its own clock. */
    double TICKS_PER_SECOND = 100;

    /** Fields of {@code /proc/<pid>/stat} after the name: user and system time, and those of children that ended. */
    int USER_TIME = 11;

    int TIMES = 4;

    /** Tells the seconds that some processes have used so far, by what they are. */
    @FunctionalInterface
    interface Meter {
        Map<String, Double> seconds() throws IOException;
    }

    /** Seconds by the servers of a data folder that are processes of their own. */
    static Map<String, Double> secondsOfServers(Path folder) throws IOException {
        var postmaster = folder.resolve("postgres/postmaster.pid");
        return Files.exists(postmaster)
                ? Map.of(
                        "postgresql",
                        secondsOfFamily(Files.readAllLines(postmaster).getFirst()),
                        "redis",
                        secondsOfFamily(Files.readString(folder.resolve("redis/pid"))))
                : Map.of();
    }

    private static double secondsOfFamily(String pid) {
        return ProcessHandle.of(Long.parseLong(pid.strip()))
                .map(Cpu::secondsOfFamily)
                .orElse(0.0);
    }

    /** Seconds that a process and all its children have used, those included that have ended. */
    private static double secondsOfFamily(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToDouble(member -> seconds(member.pid(), TIMES))
                .sum();
    }

    /** Seconds that a process alone has used. */
    static double seconds(ProcessHandle process) {
        return seconds(process.pid(), TIMES / 2);
    }

    private static double seconds(long pid, int times) {
        try {
            var stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            var fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
            return fields.subList(USER_TIME, USER_TIME + times).stream()
                            .mapToLong(Long::parseLong)
                            .sum()
                    / TICKS_PER_SECOND;
        } catch (IOException ended) {
            return 0;
        }
    }
}
