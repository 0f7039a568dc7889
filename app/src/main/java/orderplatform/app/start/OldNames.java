package orderplatform.app.start;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps the old names of the baseline working, and says in one line which of them a start uses. Profile {@code stock} is a
 * group in {@code application.yaml}, which activates profile {@code baseline}. A setting that has both names keeps the value of the
 * new one.
 */
final class OldNames implements EnvironmentPostProcessor, Ordered {

    private static final String OLD_PROFILE = "stock";

    private static final String OLD_PREFIX = "platform.stock.";
    private static final String PREFIX = "platform.baseline.";
    private static final List<String> SETTINGS = List.of("engine", "command-threads", "aggregate-cache");

    private final Log log;

    OldNames(DeferredLogFactory logs) {
        log = logs.getLog(OldNames.class);
    }

    /** After all files of settings have been read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        notice(environment).ifPresent(log::warn);
        environment.getPropertySources().addLast(new MapPropertySource("oldNames", renamed(environment)));
    }

    /** The settings that have a value under their old name, by their new name. */
    private static Map<String, Object> renamed(Environment environment) {
        var binder = Binder.get(environment);
        var renamed = new LinkedHashMap<String, Object>();
        SETTINGS.forEach(setting ->
                binder.bind(OLD_PREFIX + setting, String.class).ifBound(value -> renamed.put(PREFIX + setting, value)));
        return renamed;
    }

    /** Empty if the start uses no old name. */
    static Optional<String> notice(Environment environment) {
        var profile = Stream.of(environment.getActiveProfiles())
                .filter(OLD_PROFILE::equals)
                .map(old -> "profile stock is now baseline");
        var settings = renamed(environment).keySet().stream()
                .map(name -> "%s is now %s".formatted(name.replace(PREFIX, OLD_PREFIX), name));
        var names = Stream.concat(profile, settings).collect(Collectors.joining(", "));
        return names.isEmpty() ? Optional.empty() : Optional.of("Old names are in use: " + names);
    }
}
