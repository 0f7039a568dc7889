/** What all write calls share: idempotency keys, preconditions, problem details. */
@NullMarked
package orderplatform.command.web;

import org.jspecify.annotations.NullMarked;
