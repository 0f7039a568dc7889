/**
 * Hurts a platform of two nodes by real means while it sells, and has a checker look at what came of it:
 * {@code mvn -Pfaults verify}.
 */
package orderplatform.app.faults;
