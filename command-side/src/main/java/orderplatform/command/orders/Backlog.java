package orderplatform.command.orders;

/** What fulfilment still has before it. The store of the log provides it. */
public interface Backlog {

    /**
     * Events that wait: for this node's calls to the payment provider, or for the slowest of the sagas that follow the log. May be
     * asked for every order, from many threads.
     */
    long events();

    /** The events of an order that is let in. They count until they can be seen, so one look does not let in all that wait. */
    void expect(long events);

    /** Commands that wait on this node to be handled. */
    int commands();
}
