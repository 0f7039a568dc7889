package orderplatform.query.consistency;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import orderplatform.query.QueryProperties;
import orderplatform.query.log.EventLog;
import orderplatform.query.projections.ProjectionPositions;
import orderplatform.query.web.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads the header and waits, at most {@link QueryProperties#consistencyWait()}. */
@Component
class ConsistencyTokenResolver implements HandlerMethodArgumentResolver {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ProjectionPositions positions;
    private final EventLog log;
    private final QueryProperties properties;

    ConsistencyTokenResolver(ProjectionPositions positions, EventLog log, QueryProperties properties) {
        this.positions = positions;
        this.log = log;
        this.properties = properties;
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
        await(
                Objects.requireNonNull(parameter.getParameterAnnotation(ReadsFrom.class))
                        .value(),
                position);
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
        return Problems.invalid(ConsistencyToken.HEADER, "must be a log position, as a write returned it");
    }

    private void await(String projection, long position) throws InterruptedException {
        Instant deadline = Instant.now().plus(properties.consistencyWait());
        while (!hasPassed(projection, position)) {
            if (Instant.now().isAfter(deadline)) {
                throw Problems.projectionBehind(projection, position, RETRY_AFTER);
            }
            Thread.sleep(properties.consistencyPoll());
        }
    }

    private boolean hasPassed(String projection, long position) {
        return projection.equals(ReadsFrom.LOG) ? log.head() >= position : positions.hasPassed(projection, position);
    }
}
