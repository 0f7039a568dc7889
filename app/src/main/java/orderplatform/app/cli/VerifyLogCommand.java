package orderplatform.app.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import orderplatform.app.client.Progress;
import orderplatform.eventstore.audit.CheckpointFolder;
import orderplatform.eventstore.audit.LogVerdict;
import orderplatform.eventstore.audit.LogVerification;
import orderplatform.eventstore.audit.ProofVerification;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Verifies the log of a database, of a backup of it, or of an export, from outside. */
@Command(
        name = "verify-log",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Tells whether the event log in a database, or an export of it, is as it was written.",
            "Needs no running platform, and changes nothing."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the log is whole",
            "1:the log is not as it was written; the first such place is named",
            "2:the log, or the command line, cannot be read"
        })
final class VerifyLogCommand implements Callable<Integer> {

    private static final int BROKEN = 1;
    private static final int UNREADABLE = 2;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Source source;

    /** Where the log is: one of the two. */
    static final class Source {

        @ArgGroup(exclusive = false)
        private @Nullable Database database;

        @Option(
                names = "--export",
                required = true,
                paramLabel = "FILE",
                description = "file that export --proof has written")
        private @Nullable Path export;

        @Override
        public String toString() {
            return database == null ? String.valueOf(export) : database.url;
        }
    }

    static final class Database {

        @Option(
                names = "--database",
                required = true,
                description = "JDBC URL, such as jdbc:postgresql://db/orderplatform")
        @SuppressWarnings("NullAway.Init")
        private String url;

        @Option(names = "--user", required = true, description = "role that may read the tables of the log")
        @SuppressWarnings("NullAway.Init")
        private String user;

        @Option(
                names = "--password",
                defaultValue = "${env:PGPASSWORD:-}",
                description = "default: the environment's PGPASSWORD")
        @SuppressWarnings("NullAway.Init")
        private String password;
    }

    @Option(
            names = "--from",
            defaultValue = "0",
            description = "first position (${DEFAULT-VALUE}); of an export, of its checkpoints")
    private long from;

    @Option(names = "--to", defaultValue = "9223372036854775807", description = "last position; default: the log's")
    private long to;

    @Option(
            names = "--checkpoints",
            paramLabel = "FOLDER",
            description =
                    "hold the log against the signed checkpoints in it, too; of its keys only public-key.pem is needed")
    private @Nullable Path checkpoints;

    @Option(names = "--json", description = "print the verdict as JSON")
    private boolean json;

    @Override
    public Integer call() {
        if (from < 0) {
            throw new ParameterException(spec.commandLine(), "--from must not be negative");
        }
        if (to < from) {
            throw new ParameterException(spec.commandLine(), "--to must not be before --from");
        }
        try {
            var verdict = verify();
            System.out.println(json ? new JsonMapper().writeValueAsString(verdict) : text(verdict));
            return verdict.verified() ? 0 : BROKEN;
        } catch (DataAccessException unreadable) {
            return fail("cannot read the log of %s (%s)"
                    .formatted(source, unreadable.getMostSpecificCause().getMessage()));
        } catch (IOException unreadable) {
            return fail("cannot read %s or the checkpoints in %s (%s)".formatted(source, checkpoints, unreadable));
        }
    }

    private static int fail(String message) {
        System.err.println("order-platform: " + message);
        return UNREADABLE;
    }

    private LogVerdict verify() throws IOException {
        var folder = checkpoints == null ? null : CheckpointFolder.existing(checkpoints);
        if (source.export != null) {
            return verifyExport(source.export, folder);
        }
        var database = Objects.requireNonNull(source.database);
        var log = new LogVerification(new DriverManagerDataSource(database.url, database.user, database.password));
        var chain = verifyChain(log);
        return folder == null ? chain : folder.check(chain, log::hashAt, from, to);
    }

    /** A checkpoint of before the file says nothing of it; one of behind it says that there was more. */
    private LogVerdict verifyExport(Path export, @Nullable CheckpointFolder folder) throws IOException {
        var verification = new ProofVerification(folder == null ? Set.of() : folder.positions());
        try (var file = Files.newBufferedReader(export)) {
            var chain = verification.verify(file);
            long first = chain.head() - chain.events() + 1;
            return folder == null ? chain : folder.check(chain, verification::hashAt, Math.max(from, first), to);
        } catch (CharacterCodingException notUtf8) {
            throw new IOException("it is not UTF-8", notUtf8);
        }
    }

    private LogVerdict verifyChain(LogVerification log) {
        long last = Math.min(to, log.head());
        try (var progress = Progress.of("verified", Math.max(last - from + 1, 0))) {
            return log.verify(from, to, position -> progress.stepTo(position - from + 1));
        }
    }

    private static String text(LogVerdict verdict) {
        var broken = verdict.firstBroken();
        return broken == null
                ? "whole: %d events in %d batches; the log's last position is %d"
                        .formatted(verdict.events(), verdict.batches(), verdict.head())
                : "not as it was written: position %d %s".formatted(broken.position(), broken.what());
    }
}
