package orderplatform.command.orders;

/** How far the sagas that follow the log are behind. The store of the log provides it. */
public interface Backlog {

    /**
     * Events of the log that the slowest of them has still before it, on whichever nodes it runs, as of 100 ms ago at most; 0 where none is running, so that
     * nobody waits for it, and those that are expected since. May be asked for every order, from many threads.
     */
    long events();

    /** So many will come. They count until the next look at the log, so that not everyone who waits goes in on one look. */
    void expect(long events);

    /** Commands that wait on this node to be handled. */
    int commands();
}
