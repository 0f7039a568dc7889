/** A stretch of a shop's real invoices, read from a file in the form of the "Online Retail" data set and checked. */
@NullMarked
package orderplatform.app.retail;

import org.jspecify.annotations.NullMarked;
