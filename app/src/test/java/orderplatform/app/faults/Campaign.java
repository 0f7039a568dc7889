package orderplatform.app.faults;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import orderplatform.app.benchmarks.process.Progress;
import orderplatform.app.faults.checker.Checker;
import orderplatform.app.faults.checker.Verdict;
import orderplatform.app.faults.checker.trace.Evidence;
import orderplatform.app.faults.kind.Fault;
import orderplatform.app.faults.kind.Scene;
import orderplatform.app.faults.load.Assortment;
import orderplatform.app.faults.load.Caller;
import orderplatform.app.faults.load.History;
import orderplatform.app.faults.load.Load;
import orderplatform.app.faults.load.Probe;
import orderplatform.app.faults.load.Shopper;
import orderplatform.app.faults.load.Witness;
import orderplatform.app.faults.stand.Stand;

/** One platform, hurt by one fault after the other while it sells, then judged, then sabotaged and judged again. */
final class Campaign {

    private static final Duration REST = Duration.ofMinutes(3);
    private static final int SHOWN = 5;

    private final FaultSettings settings;
    private final Path folder;
    private final Random random;
    private final FaultReport report;

    Campaign(FaultSettings settings, FaultReport report) {
        this.settings = settings;
        this.report = report;
        this.folder = settings.output().resolve("data");
        this.random = new Random(settings.seed());
    }

    private int longestMillis() {
        return settings.quick() ? 1_500 : 5_000;
    }

    private int longestPauseMillis() {
        return settings.quick() ? 500 : 1_500;
    }

    void run(List<Fault> faults) throws Exception {
        Files.createDirectories(folder);
        Progress.say("starting the servers and two nodes");
        try (var history = new History(file("history"));
                var stand = new Stand(settings.jar(), folder, faults.stream().allMatch(Fault::keepsNodesBusy));
                var witness = new Witness(stand.broker().port(), file("published"), choices())) {
            if (faults.stream().anyMatch(Fault::startsNodes)) {
                stand.makeStartsQuick();
            }
            stand.startNodes();
            var caller = new Caller(stand, history);
            var scene = new Scene(stand, history, caller, new Probe(choices(), caller), witness, longestMillis());
            Assortment.takeIn(new Shopper("opening", choices(), caller));
            hurt(faults, scene, history);
            Progress.say("waiting until it has nothing left to do");
            Rest.await(scene, REST);
            report.judged(shown(Checker.check(evidence(scene))));
            sabotage(scene);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".jsonl");
    }

    private Random choices() {
        return new Random(random.nextLong());
    }

    private void hurt(List<Fault> faults, Scene scene, History history) throws Exception {
        try (var load = new Load("client", choices(), scene.caller())) {
            for (var fault : faults) {
                load.pauseAtMost(fault.customersPauseMillis());
                for (int run = 1; run <= settings.runs(fault); run++) {
                    Thread.sleep(random.nextInt(longestPauseMillis()));
                    strike(fault, run, scene, history);
                }
            }
            load.stop();
        }
    }

    private void strike(Fault fault, int run, Scene scene, History history) throws Exception {
        history.fault(fault.fullName(), "begins");
        var began = Instant.now();
        var outcome = fault.strike(scene, choices());
        history.fault(fault.fullName(), "ended");
        report.struck(fault, began, outcome);
        Progress.say("%s %d of %d: %s", fault.fullName(), run, settings.runs(fault), outcome);
    }

    private static Verdict shown(Verdict verdict) {
        verdict.violations().stream().limit(SHOWN).forEach(it -> Progress.say("  %s", it));
        return verdict;
    }

    private Evidence evidence(Scene scene) {
        var database = scene.stand().database();
        var nodes = IntStream.range(0, Stand.NODES)
                .mapToObj(node -> URI.create("http://127.0.0.1:" + scene.stand().port(node)))
                .toList();
        return new Evidence(
                file("history"),
                file("published"),
                scene.stand().ledger(),
                scene.stand().mail()::taken,
                new Evidence.Database(database.url(), database.user(), database.password()),
                nodes,
                Stand.VIEWS_LIVE_FOR.multipliedBy(2));
    }

    private void sabotage(Scene scene) throws Exception {
        for (var sabotage : Sabotage.values()) {
            sabotage.commit(scene, choices());
            Progress.say("sabotage %s", sabotage.fullName());
            report.sabotaged(sabotage, shown(Checker.check(evidence(scene), sabotage.invariant())));
            sabotage.undo(scene);
        }
    }
}
