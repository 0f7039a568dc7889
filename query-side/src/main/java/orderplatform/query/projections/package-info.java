/** How far each read model has come. */
@NullMarked
package orderplatform.query.projections;

import org.jspecify.annotations.NullMarked;
