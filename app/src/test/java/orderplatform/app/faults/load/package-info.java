/**
 * The customers of a run, and the witness of what is published. Writes down each call and its answer for the checker.
 */
package orderplatform.app.faults.load;
