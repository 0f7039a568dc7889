package orderplatform.app.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orderplatform.app.benchmarks.process.Progress;
import orderplatform.app.faults.kind.AnswerLost;
import orderplatform.app.faults.kind.BrokerFault;
import orderplatform.app.faults.kind.Fault;
import orderplatform.app.faults.kind.LastPieces;
import orderplatform.app.faults.kind.MessagesDoubled;
import orderplatform.app.faults.kind.NodeCutOff;
import orderplatform.app.faults.kind.NodeKilled;
import orderplatform.app.faults.kind.NodeKilledAt;
import orderplatform.app.faults.kind.NodePaused;
import orderplatform.app.faults.kind.NodeReplaced;
import orderplatform.app.faults.kind.PaymentTroubles;
import orderplatform.app.faults.kind.Poison;
import orderplatform.app.faults.kind.PostgresFault;
import orderplatform.app.faults.kind.RedisFault;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** Runs the faults and writes the report. Ends with exit code 1 if anything is violated or a mark is missed. */
final class Faults {

    private Faults() {}

    private static List<Fault> all(boolean quick) {
        return Stream.<Stream<Fault>>of(
                        Stream.of(
                                new LastPieces(quick),
                                new MessagesDoubled(),
                                new PaymentTroubles(),
                                new AnswerLost(),
                                new NodeKilled()),
                        Stream.of(NodeKilledAt.values()),
                        Stream.of(PostgresFault.values()),
                        Stream.of(RedisFault.values()),
                        Stream.of(BrokerFault.values()),
                        Stream.of(new Poison(), new NodeCutOff(), new NodePaused()),
                        Stream.of(NodeReplaced.values()))
                .flatMap(some -> some)
                .toList();
    }

    public static void main(String[] args) throws Exception {
        hush();
        var settings = FaultSettings.fromSystemProperties();
        var faults = all(settings.quick());
        refuseUnknown(settings, faults);
        Progress.say("faults: to repeat it, -Dseed=%d", settings.seed());
        FileSystemUtils.deleteRecursively(settings.output());
        var report = new FaultReport(settings);
        try {
            new Campaign(settings, report).run(possible(faults.stream().filter(settings::wants)));
        } catch (Exception failed) {
            failed.printStackTrace();
            report.failed(failed);
        }
        report.write(settings.output());
        System.exit(report.passes() ? 0 : 1);
    }

    /** The stand-ins in this process complain of what is done to them on purpose. */
    private static void hush() {
        LogManager.getLogManager().reset();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (!thread.getName().startsWith("smtp")) {
                failure.printStackTrace();
            }
        });
    }

    private static List<Fault> possible(Stream<Fault> wanted) {
        var possible = wanted.collect(Collectors.partitioningBy(Fault::isPossible));
        possible.get(false).forEach(fault -> Progress.say("%s is left out: not installed here", fault.fullName()));
        return possible.get(true);
    }

    private static void refuseUnknown(FaultSettings settings, List<Fault> faults) {
        var known = faults.stream().map(Fault::fullName).toList();
        if (!known.containsAll(settings.faults())) {
            System.err.println("-Dfaults=%s: the faults are %s"
                    .formatted(String.join(",", settings.faults()), String.join(", ", known)));
            System.exit(1);
        }
    }
}
