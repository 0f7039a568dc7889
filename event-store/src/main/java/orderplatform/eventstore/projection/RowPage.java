package orderplatform.eventstore.projection;

import java.util.List;

/**
 * Some rows of a table, in the order of their keys.
 *
 * @param rows each as a JSON object of its columns
 * @param next key of the last one, if others follow; empty if none do
 */
public record RowPage(List<String> rows, List<String> next) {}
