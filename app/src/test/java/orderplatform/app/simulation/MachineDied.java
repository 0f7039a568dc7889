package orderplatform.app.simulation;

/** Unwinds a thread whose machine died. An error, so that nobody takes it for a failure to be dealt with. */
final class MachineDied extends Error {

    private static final long serialVersionUID = 1L;

    MachineDied() {
        super("The machine died", null, false, false);
    }
}
