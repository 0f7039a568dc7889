package orderplatform.app.simulation;

/** What a thread did, and when on the virtual clock. */
record Step(long nanos, String thread, String what) {

    @Override
    public String toString() {
        return "%12.3f s  %-20s %s".formatted(nanos / 1e9, thread, what);
    }
}
