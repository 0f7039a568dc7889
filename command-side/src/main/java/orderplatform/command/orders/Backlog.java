package orderplatform.command.orders;

/** What fulfilment still has before it. The store of the log provides it. */
public interface Backlog {

    /**
     * Events that wait: for this node's calls to the payment provider, or for the slowest of the sagas that follow the log. May be
     * asked for every order, from many threads.
     */
    long events();

    /** So many will come. They count until they can be seen, so that one look does not let in everyone who waits. */
    void expect(long events);

    /** Commands that wait on this node to be handled. */
    int commands();
}
