package orderplatform.app.importing;

import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Does the same for many, a bounded number of them at once, and shows how far it is. */
record Crowd(int atOnce) {

    <T> void each(String task, Collection<T> all, Consumer<T> action) {
        try (ProgressBar progress = new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(all.size())
                        .build();
                ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            for (T one : all) {
                threads.execute(() -> {
                    try {
                        action.accept(one);
                    } finally {
                        progress.step();
                    }
                });
            }
        }
    }
}
