package orderplatform.app.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orderplatform.app.benchmarks.process.Jvm;
import orderplatform.app.benchmarks.process.Settings;

/** What the figures were measured on. */
interface Machine {

    /** @param postgresql version of the contenders' servers */
    static Map<String, Object> describe(Settings settings, String postgresql) throws IOException {
        var machine = new LinkedHashMap<String, Object>();
        machine.put("cpu", line(Path.of("/proc/cpuinfo"), "model name"));
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("ram", line(Path.of("/proc/meminfo"), "MemTotal"));
        machine.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("jdk", System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version"));
        machine.put("jvmOptions", Jvm.OPTIONS);
        machine.put("postgresql", postgresql);
        machine.put(
                "loadAverageAtEnd", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        machine.put("quick", settings.quick());
        machine.put("rounds", settings.rounds());
        machine.put("finished", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        machine.put("commandLine", commandLine(settings));
        return machine;
    }

    private static String line(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String commandLine(Settings settings) {
        var options = List.of(
                settings.scenarios().isEmpty() ? "" : " -Dbench=" + String.join(",", settings.scenarios()),
                settings.quick() ? " -Dbench.quick" : "",
                settings.invoices()
                        .map(file -> " -Dbench.invoices=" + file.getFileName())
                        .orElse(""));
        return "mvn -Pbench" + String.join("", options) + " verify";
    }
}
