package orderplatform.command.orders;

/** How far fulfilment is behind. The store of the log provides it. */
public interface Backlog {

    /**
     * Events of the log that fulfilment has still before it, on whichever nodes it runs, as of 100 ms ago at most; 0 where it is not running, so that
     * nobody waits for it. May be asked for every order, from many threads.
     */
    long events();

    /** Commands that wait on this node to be handled. */
    int commands();
}
