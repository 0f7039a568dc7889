/** What every HTTP call has in common, whatever module answers it: problem details and the bound on bodies. */
@NullMarked
package orderplatform.app.web;

import org.jspecify.annotations.NullMarked;
