package orderplatform.app.cli;

import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line of the jar; without a command the jar is the server. */
@Command(
        name = "order-platform",
        description = "Without a command: starts the platform. Its options are in docs/configuration.md.",
        subcommands = {
            ImportCommand.class,
            PaymentsCommand.class,
            ProjectionsCommand.class,
            ReplayCommand.class,
            HistoryCommand.class,
            ExportCommand.class,
            VerifyLogCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.class)
public final class CommandLineTool implements IVersionProvider {

    /** Options of its own; all others, such as {@code --server.port=80}, are the server's. */
    private static final Set<String> OPTIONS = Set.of("--help", "-h", "--version", "-V");

    CommandLineTool() {}

    public static boolean isMeant(String[] args) {
        return args.length > 0 && (!args[0].startsWith("-") || OPTIONS.contains(args[0]));
    }

    /** As the jar says; a platform that was started from its classes has none. */
    public static String version() {
        return Objects.requireNonNullElse(
                CommandLineTool.class.getPackage().getImplementationVersion(), "of this source tree");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"order-platform " + version()};
    }

    /** @return the exit code */
    public static int run(String[] args) {
        return new CommandLine(new CommandLineTool())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
    }
}
