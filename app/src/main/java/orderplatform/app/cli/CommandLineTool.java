package orderplatform.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the jar; without a command the jar is the server. */
@Command(
        name = "order-platform",
        description = "Without a command: starts the platform. Its options are those of the README.",
        subcommands = {
            ImportCommand.class,
            PaymentsCommand.class,
            ProjectionsCommand.class,
            ReplayCommand.class,
            HistoryCommand.class,
            ExportCommand.class,
            VerifyLogCommand.class
        },
        mixinStandardHelpOptions = true)
public final class CommandLineTool {

    private CommandLineTool() {}

    /** Options alone, such as {@code --server.port=80}, are the server's. */
    public static boolean isMeant(String[] args) {
        return args.length > 0 && (!args[0].startsWith("-") || args[0].equals("--help") || args[0].equals("-h"));
    }

    /** @return the exit code */
    public static int run(String[] args) {
        return new CommandLine(new CommandLineTool())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
    }
}
