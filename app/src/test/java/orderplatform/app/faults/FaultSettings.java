package orderplatform.app.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import orderplatform.app.faults.kind.Fault;

/**
 * What to do to the platform, and how often.
 *
 * @param seed of every choice that the harness makes; the platform's own timing is not its to choose
 * @param faults names of the faults; all if it is empty
 * @param runs of each fault; its own count if it is empty
 * @param jar the platform
 * @param output folder of the report, and of all data of the run
 */
record FaultSettings(long seed, boolean quick, List<String> faults, OptionalInt runs, Path jar, Path output) {

    static FaultSettings fromSystemProperties() {
        return new FaultSettings(
                text("seed").map(Long::parseLong).orElseGet(System::nanoTime),
                text("faults.quick").filter(value -> !value.equals("false")).isPresent(),
                text("faults").stream()
                        .flatMap(names -> Stream.of(names.split(",")))
                        .map(String::strip)
                        .toList(),
                text("faults.runs").stream().mapToInt(Integer::parseInt).findFirst(),
                Path.of(text("faults.jar").orElse("target/order-platform.jar")).toAbsolutePath(),
                Path.of(text("faults.output").orElse("target/faults")).toAbsolutePath());
    }

    private static Optional<String> text(String name) {
        return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
    }

    boolean wants(Fault fault) {
        return faults.isEmpty() || faults.contains(fault.fullName());
    }

    int runs(Fault fault) {
        return runs.orElse(quick ? fault.quickRuns() : fault.fullRuns());
    }
}
