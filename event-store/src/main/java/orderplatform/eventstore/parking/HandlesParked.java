package orderplatform.eventstore.parking;

/** A reader that can handle again what it has parked. */
public interface HandlesParked {

    /**
     * Handles a parked event, in a transaction of its own.
     *
     * @param done runs in that transaction, after everything else
     * @throws Exception what its handler throws, after everything was rolled back
     */
    void handleAgain(Parked parked, Runnable done) throws Exception;
}
