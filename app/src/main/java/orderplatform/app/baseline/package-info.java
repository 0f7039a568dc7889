/** The platform on Axon's own JPA stores, as profile {@code baseline}: the peer that the engine is measured against. */
@NullMarked
package orderplatform.app.baseline;

import org.jspecify.annotations.NullMarked;
