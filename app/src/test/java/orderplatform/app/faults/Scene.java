package orderplatform.app.faults;

/**
 * What a fault has at hand.
 *
 * @param caller for customers of its own
 * @param longestMillis that it may last, where it ends by the clock
 */
record Scene(Stand stand, Caller caller, Probe probe, Witness witness, int longestMillis) {}
