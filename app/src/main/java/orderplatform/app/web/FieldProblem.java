package orderplatform.app.web;

/**
 * What is wrong with one field of a request.
 *
 * @param field as the caller wrote it, such as {@code lines[0].quantity}
 */
record FieldProblem(String field, String message) {}
