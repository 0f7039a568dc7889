package orderplatform.eventstore.replay;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that get the processor time which others leave. The JVM ignores the priorities of threads on Linux, where a
 * thread's niceness is its own: {@code setpriority(2)} of the calling thread. Elsewhere they are threads like any other.
 */
final class Background {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    private static final int THE_CALLING_THREAD = 0;

    /** Of 19 at most. */
    private static final int NICENESS = 19;

    private static final Optional<MethodHandle> SET_PRIORITY = setPriority();

    private Background() {}

    /** @param name of the threads, followed by their numbers */
    static ThreadFactory threads(String name) {
        var plain = Thread.ofPlatform().daemon().name(name, 0).factory();
        return work -> plain.newThread(() -> {
            giveWay();
            work.run();
        });
    }

    private static Optional<MethodHandle> setPriority() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        var linker = Linker.nativeLinker();
        var type = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        return linker.defaultLookup().find("setpriority").map(address -> linker.downcallHandle(address, type));
    }

    private static void giveWay() {
        SET_PRIORITY.ifPresent(call -> {
            try {
                int failed = (int) call.invokeExact(0, THE_CALLING_THREAD, NICENESS);
                if (failed != 0) {
                    LOG.info("Replays do not give way to others here");
                }
            } catch (Throwable impossible) {
                throw new IllegalStateException(impossible);
            }
        });
    }
}
