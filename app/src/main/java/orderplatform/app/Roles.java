package orderplatform.app;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import orderplatform.app.baseline.Deadlines;
import orderplatform.app.engine.EngineDeadlines;
import orderplatform.app.start.StartFailure;
import orderplatform.command.CommandHandlingConfiguration;
import orderplatform.command.CommandSideConfiguration;
import orderplatform.query.QuerySideConfiguration;
import orderplatform.query.RelayConfiguration;
import orderplatform.saga.SagaConfiguration;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** What one process does, from {@code platform.roles}: all roles, unless it names some. */
class Roles implements ImportSelector, EnvironmentAware {

    /** A part of the platform that can run in a process of its own. */
    enum Role {
        COMMAND(CommandSideConfiguration.class, SagaConfiguration.class),
        SAGA(SagaConfiguration.class, CommandHandlingConfiguration.class, EngineDeadlines.class, Deadlines.class),
        QUERY(QuerySideConfiguration.class),
        RELAY(RelayConfiguration.class);

        private final List<Class<?>> configurations;

        Role(Class<?>... configurations) {
            this.configurations = List.of(configurations);
        }
    }

    private List<Role> roles = List.of();

    @Override
    public void setEnvironment(Environment environment) {
        roles = of(environment);
    }

    /** @throws StartFailure if a name is no role */
    static List<Role> of(Environment environment) {
        var names = environment.getProperty("platform.roles", String[].class, new String[0]);
        return names.length == 0
                ? List.of(Role.values())
                : Stream.of(names).map(Roles::named).toList();
    }

    private static Role named(String name) {
        return Stream.of(Role.values())
                .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(name.strip()))
                .findFirst()
                .orElseThrow(() -> new StartFailure(
                        "platform.roles: '%s' is none of command, saga, query, relay".formatted(name)));
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        return roles.stream()
                .flatMap(role -> role.configurations.stream())
                .map(Class::getName)
                .toArray(String[]::new);
    }
}
