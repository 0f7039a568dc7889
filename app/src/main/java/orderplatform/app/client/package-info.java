/** The platform's HTTP API, as the jar's own commands ask it. */
@NullMarked
package orderplatform.app.client;

import org.jspecify.annotations.NullMarked;
