package orderplatform.api;

/**
 * What is wrong with one field, parameter or header of a request.
 *
 * @param field as the caller wrote it, such as {@code lines[0].quantity}
 * @param message what it must be, without the field and without a full stop
 */
public record FieldProblem(String field, String message) {}
