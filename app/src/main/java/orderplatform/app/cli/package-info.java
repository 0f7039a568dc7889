/** The commands of the jar that work from outside, on a running platform or on its database. */
@NullMarked
package orderplatform.app.cli;

import org.jspecify.annotations.NullMarked;
