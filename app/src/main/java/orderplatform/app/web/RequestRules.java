package orderplatform.app.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import orderplatform.api.Problem;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses an address of which the container would read something else than the caller wrote. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestRules extends OncePerRequestFilter {

    /** Path parameters, which are cut off, encoded separators and controls, and segments that are taken out. */
    private static final Pattern UNREADABLE =
            Pattern.compile(";|(?i:%(?:2f|5c|3b|[01][0-9a-f]|7f))|\\\\|//|/\\.{1,2}(?:/|$)");

    /** The request's attribute with its {@link QueryString}. */
    static final String QUERY = QueryString.class.getName();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            if (UNREADABLE.matcher(request.getRequestURI()).find()) {
                throw Problem.invalid("path", "must have no ; and no encoded or empty segment");
            }
            request.setAttribute(QUERY, QueryString.of(request.getQueryString()));
        } catch (Problem unreadable) {
            ProblemWriter.write(request, response, unreadable);
            return;
        }
        chain.doFilter(request, response);
    }
}
