package orderplatform.app.importing;

import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import orderplatform.app.client.Progress;

/** Does the same for many, a bounded number of them at once, and shows how far it is. */
record Crowd(int atOnce) {

    <T> void each(String task, Collection<T> all, Consumer<T> action) {
        try (var progress = Progress.of(task, all.size());
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
