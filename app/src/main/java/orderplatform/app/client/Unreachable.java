package orderplatform.app.client;

/** The platform gave no answer although it was asked as often as the bounds allow. */
public final class Unreachable extends Exception {

    private static final long serialVersionUID = 1L;

    public Unreachable(String message) {
        super(message);
    }
}
