package orderplatform.eventstore.projection;

import java.util.List;

/**
 * Some rows of a table, in the order of their keys.
 *
 * @param rows each as a JSON object of its columns
 * @param last key of the last one; empty where there is none
 */
public record RowPage(List<String> rows, List<String> last) {}
