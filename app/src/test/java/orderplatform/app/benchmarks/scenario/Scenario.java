package orderplatform.app.benchmarks.scenario;

import orderplatform.app.benchmarks.result.Result;

/** One thing that is measured. */
public interface Scenario {

    /** Its name in the report and on the command line. */
    String key();

    String title();

    /** Whether a quick run takes it in by itself. */
    default boolean isQuick() {
        return true;
    }

    /** Whether it is measured if no scenario is chosen. */
    default boolean isPartOfAll() {
        return true;
    }

    Result run(Arena arena) throws Exception;
}
