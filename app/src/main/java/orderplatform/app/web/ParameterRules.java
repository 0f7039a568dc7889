package orderplatform.app.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orderplatform.api.Problem;
import org.springframework.core.MethodParameter;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses a parameter that a call of the platform does not have, and one that is empty or given twice. */
class ParameterRules implements HandlerInterceptor {

    private static final String OWN = "orderplatform.";

    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OWN)
                && request.getAttribute(RequestRules.QUERY) instanceof QueryString query) {
            check(query, known.computeIfAbsent(method.getMethod(), it -> parameters(method)));
        }
        return true;
    }

    private static void check(QueryString query, Set<String> known) {
        var seen = new HashSet<String>();
        for (var parameter : query.parameters()) {
            if (!known.contains(parameter.name())) {
                throw Problem.invalid(parameter.name(), "is not a known parameter");
            }
            if (!seen.add(parameter.name())) {
                throw Problem.invalid(parameter.name(), "must be given once");
            }
            if (parameter.value().isEmpty()) {
                throw Problem.invalid(parameter.name(), "must not be empty");
            }
        }
    }

    private static Set<String> parameters(HandlerMethod method) {
        return Stream.of(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(ParameterRules::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String name(MethodParameter parameter) {
        return Optional.ofNullable(parameter.getParameterAnnotation(RequestParam.class))
                .map(RequestParam::name)
                .filter(StringUtils::hasText)
                .orElse(parameter.getParameter().getName());
    }
}
