package orderplatform.app.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import orderplatform.api.Problem;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Answers requests that no controller sees with the same problems as controllers do. */
final class ProblemWriter {

    private static final JsonMapper JSON = new JsonMapper();

    private ProblemWriter() {}

    static void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        // Nobody knows the path of a request whose first line can't be read.
        var path = Objects.requireNonNullElse(request.getRequestURI(), "");
        response.setStatus(problem.type().status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(JSON.writeValueAsBytes(problem.details(path)));
    }
}
