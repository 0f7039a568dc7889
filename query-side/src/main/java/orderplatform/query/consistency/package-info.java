/** Read your writes: a query that brings a log position waits until its read model has passed it. */
@NullMarked
package orderplatform.query.consistency;

import org.jspecify.annotations.NullMarked;
