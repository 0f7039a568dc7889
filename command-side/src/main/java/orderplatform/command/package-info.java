/** Decides: commands come in over HTTP and from sagas, aggregates answer them with events or refusals. */
@NullMarked
package orderplatform.command;

import org.jspecify.annotations.NullMarked;
