/** The platform on Axon's stock JPA stores, as profile {@code stock}: the peer that the engine is measured against. */
@NullMarked
package orderplatform.app.stock;

import org.jspecify.annotations.NullMarked;
