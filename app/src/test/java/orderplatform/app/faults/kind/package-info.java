/**
 * The faults, one class for each kind: what it does to the stand, and what has to hold afterwards.
 */
package orderplatform.app.faults.kind;
