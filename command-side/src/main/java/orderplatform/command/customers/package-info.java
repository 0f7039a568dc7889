/** What is done with the data of customers: it can be erased. */
@NullMarked
package orderplatform.command.customers;

import org.jspecify.annotations.NullMarked;
