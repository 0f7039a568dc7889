package orderplatform.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that refuses a call, as RFC 9457 has it.
 *
 * @param type path of the page that explains the problem; see {@link ProblemType}
 * @param detail one sentence for a person, without personal data
 * @param instance path of the call; empty if the request could not be read so far
 * @param errors the parts of the request at fault; null if it is not a matter of parts
 * @param correlationId with which the node's log tells of a failure; null if the platform did not fail
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemDetails(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @Nullable List<FieldProblem> errors,
        @Nullable String correlationId) {

    public ProblemDetails withCorrelationId(String id) {
        return new ProblemDetails(type, title, status, detail, instance, errors, id);
    }
}
