package orderplatform.app.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import orderplatform.api.ProblemType;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Answers requests that no controller sees with the same problems as controllers do. */
final class ProblemWriter {

    private static final JsonMapper JSON = new JsonMapper();

    private ProblemWriter() {}

    static void write(
            HttpServletRequest request,
            HttpServletResponse response,
            ProblemType type,
            String detail,
            FieldProblem... errors)
            throws IOException {
        var problem = new LinkedHashMap<String, Object>();
        problem.put("type", type.path());
        problem.put("title", type.title());
        problem.put("status", type.status());
        problem.put("detail", detail);
        problem.put("instance", request.getRequestURI());
        if (errors.length > 0) {
            problem.put("errors", List.of(errors));
        }
        response.setStatus(type.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(JSON.writeValueAsBytes(problem));
    }

    /** 400 for one part of the request. */
    static void refuse(HttpServletRequest request, HttpServletResponse response, FieldProblem error)
            throws IOException {
        var detail = "%s %s".formatted(error.field(), error.message());
        write(request, response, ProblemType.INVALID_REQUEST, detail, error);
    }
}
