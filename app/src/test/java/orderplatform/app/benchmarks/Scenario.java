package orderplatform.app.benchmarks;

/** One thing that is measured. */
interface Scenario {

    /** Its name in the report and on the command line. */
    String key();

    String title();

    Result run(Arena arena) throws Exception;
}
