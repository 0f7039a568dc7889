/** How a refused query answers over HTTP. */
@NullMarked
package orderplatform.query.web;

import org.jspecify.annotations.NullMarked;
