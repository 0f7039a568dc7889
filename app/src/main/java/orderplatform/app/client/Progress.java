package orderplatform.app.client;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A progress bar on a terminal. Elsewhere it shows nothing: a file or a pipe would get a line for each second. */
public interface Progress {

    /**
     * @param task what the bar says that it counts
     * @param steps of the whole task, at least 0
     */
    static ProgressBar of(String task, long steps) {
        var bar = new ProgressBarBuilder().setTaskName(task).setInitialMax(steps);
        return (isOnTerminal() ? bar : bar.setConsumer(new DelegatingProgressBarConsumer(line -> {}))).build();
    }

    @SuppressWarnings("SystemConsoleNull") // with jdk.console=java.base it is
    private static boolean isOnTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }
}
