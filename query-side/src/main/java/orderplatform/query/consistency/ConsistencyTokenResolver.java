package orderplatform.query.consistency;

import java.util.Objects;
import orderplatform.api.Problem;
import orderplatform.query.log.EventLog;
import orderplatform.query.projections.ProjectionPositions;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads the header and waits for what it names. */
@Component
class ConsistencyTokenResolver implements HandlerMethodArgumentResolver {

    private final ProjectionPositions positions;
    private final EventLog log;
    private final ConsistencyWait wait;

    ConsistencyTokenResolver(ProjectionPositions positions, EventLog log, ConsistencyWait wait) {
        this.positions = positions;
        this.log = log;
        this.wait = wait;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(ReadsFrom.class);
    }

    @Override
    public ConsistencyToken resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders)
            throws InterruptedException {
        String header = request.getHeader(ConsistencyToken.HEADER);
        if (header == null) {
            return ConsistencyToken.NONE;
        }
        long position = parse(header);
        String projection = Objects.requireNonNull(parameter.getParameterAnnotation(ReadsFrom.class))
                .value();
        wait.await(projection, position, () -> hasPassed(projection, position));
        return new ConsistencyToken(position);
    }

    private static long parse(String header) {
        try {
            long position = Long.parseLong(header.strip());
            if (position >= 0) {
                return position;
            }
        } catch (NumberFormatException e) {
            throw malformed();
        }
        throw malformed();
    }

    private static RuntimeException malformed() {
        return Problem.invalid(ConsistencyToken.HEADER, "must be a log position, as a write returned it");
    }

    private boolean hasPassed(String projection, long position) {
        return projection.equals(ReadsFrom.LOG) ? log.head() >= position : positions.hasPassed(projection, position);
    }
}
