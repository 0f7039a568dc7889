/** The broker's dead letters: how messages become dead letters, and the table from which operators retry or drop them. */
@NullMarked
package orderplatform.query.deadletters;

import org.jspecify.annotations.NullMarked;
