package orderplatform.query.projections;

/**
 * How far one event processor has come.
 *
 * @param name of the processing group, such as {@code orders}, {@code stock} or {@code relay}
 * @param state such as {@code RUNNING}, {@code RETRYING} or {@code STOPPED}
 * @param position in the log of the last event that is done with; -1 before the first
 */
public record ProjectionPosition(String name, String state, long position) {

    public boolean isRunning() {
        return state.equals("RUNNING");
    }
}
