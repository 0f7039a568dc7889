/** Nodes with their log, sagas and relay in one process on a virtual clock, hurt by a seeded random source. */
@NullMarked
package orderplatform.app.simulation;

import org.jspecify.annotations.NullMarked;
