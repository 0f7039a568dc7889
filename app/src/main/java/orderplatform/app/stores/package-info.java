/** The platform on Axon's JPA stores: log, sagas, tokens and deadlines in PostgreSQL. */
@NullMarked
package orderplatform.app.stores;

import org.jspecify.annotations.NullMarked;
