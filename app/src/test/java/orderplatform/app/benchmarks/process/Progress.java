package orderplatform.app.benchmarks.process;

/** Tells who waits what is being done. */
public interface Progress {

    long START = System.nanoTime();

    static void say(String message, Object... values) {
        System.out.printf("[%4d s] %s%n", (System.nanoTime() - START) / 1_000_000_000, message.formatted(values));
    }
}
