/** Values that every capability shares: money, names of things, and what a decision answers. No Spring in here. */
@NullMarked
package orderplatform.api;

import org.jspecify.annotations.NullMarked;
