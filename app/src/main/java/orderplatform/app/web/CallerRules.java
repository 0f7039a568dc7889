package orderplatform.app.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps the pages of other sites, which a browser of somebody on this machine or in the shop's network shows, from using
 * the platform: by their {@code Origin} as they write, and by their {@code Host} if they have their name point here.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
@EnableConfigurationProperties(HttpSettings.class)
class CallerRules extends OncePerRequestFilter {

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[?::1]?");

    private final HttpSettings settings;
    private final boolean isOnLoopback;

    CallerRules(HttpSettings settings, Environment environment) {
        this.settings = settings;
        var address = environment.getProperty("server.address", InetAddress.class);
        this.isOnLoopback = address != null && address.isLoopbackAddress();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isOwn(request.getServerName())) {
            refuse(request, response, ProblemType.FOREIGN_HOST, request.getServerName());
        } else if (!READS.contains(request.getMethod()) && isOfAnotherSite(request)) {
            refuse(request, response, ProblemType.FOREIGN_ORIGIN, request.getHeader(HttpHeaders.ORIGIN));
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, ProblemType type, @Nullable String name)
            throws IOException {
        ProblemWriter.write(request, response, Problem.of(type, "%s is not of this platform.".formatted(name)));
    }

    /** A node that listens to others without a list is known by names that it can't know. */
    private boolean isOwn(String host) {
        return (!isOnLoopback && settings.hosts().isEmpty()) || isKnown(host);
    }

    private boolean isKnown(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        return settings.hosts().contains(name) || LOOPBACK.matcher(name).matches();
    }

    private boolean isOfAnotherSite(HttpServletRequest request) {
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        return "cross-site".equals(request.getHeader("Sec-Fetch-Site"))
                || (origin != null && !isOwnOrigin(origin, request.getHeader(HttpHeaders.HOST)));
    }

    private boolean isOwnOrigin(String origin, @Nullable String host) {
        try {
            var uri = URI.create(origin);
            return uri.getRawAuthority() != null
                    && (uri.getRawAuthority().equalsIgnoreCase(host)
                            || (uri.getHost() != null
                                    && settings.hosts().contains(uri.getHost().toLowerCase(Locale.ROOT))));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
