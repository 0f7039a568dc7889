/** What is kept of customers themselves: who asked for their personal data to be erased. */
@NullMarked
package orderplatform.api.customers;

import org.jspecify.annotations.NullMarked;
