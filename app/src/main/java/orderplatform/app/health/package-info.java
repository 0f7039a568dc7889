/** How well the platform is when one of its servers is not. */
@NullMarked
package orderplatform.app.health;

import org.jspecify.annotations.NullMarked;
