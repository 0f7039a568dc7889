package orderplatform.app.faults;

/**
 * What a fault has at hand.
 *
 * @param caller for customers of its own
 */
record Scene(Stand stand, Caller caller, Probe probe, Witness witness) {}
