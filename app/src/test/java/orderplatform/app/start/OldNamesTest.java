package orderplatform.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import orderplatform.app.Platform;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class OldNamesTest {

    private static final String BASELINE_ENGINE = "platform.baseline.engine";
    private static final String BASELINE_THREADS = "platform.baseline.command-threads";

    @Configuration
    static class Nothing {}

    private static ConfigurableApplicationContext start(Map<String, Object> variables, String... args) {
        var environment = new StandardEnvironment();
        var name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
        var application = new SpringApplicationBuilder(Nothing.class)
                .bannerMode(Banner.Mode.OFF)
                .web(WebApplicationType.NONE)
                .environment(environment)
                .build();
        return Platform.run(application, args);
    }

    @Test
    void the_old_profile_is_the_baseline() {
        try (var context = start(Map.of(), "--spring.profiles.active=stock", "--platform.stock.engine=jpa")) {
            var environment = context.getEnvironment();
            assertThat(environment.getActiveProfiles()).contains("baseline");
            assertThat(environment.getProperty("spring.flyway.locations")).contains("db/baseline");
            assertThat(environment.getProperty(BASELINE_ENGINE)).isEqualTo("jpa");
            assertThat(OldNames.notice(environment))
                    .contains("Old names are in use: profile stock is now baseline, "
                            + "platform.stock.engine is now platform.baseline.engine");
        }
    }

    @Test
    void the_old_names_are_known_as_environment_variables() {
        Map<String, Object> variables = Map.of("SPRING_PROFILES_ACTIVE", "stock", "PLATFORM_STOCK_COMMANDTHREADS", "3");
        try (var context = start(variables)) {
            var environment = context.getEnvironment();
            assertThat(environment.getActiveProfiles()).contains("baseline");
            assertThat(environment.getProperty(BASELINE_THREADS)).isEqualTo("3");
        }
    }

    @Test
    void a_setting_with_both_names_has_the_value_of_the_new_one() {
        try (var context = start(Map.of(), "--platform.stock.engine=jpa", "--platform.baseline.engine=jdbc")) {
            assertThat(context.getEnvironment().getProperty(BASELINE_ENGINE)).isEqualTo("jdbc");
        }
    }

    @Test
    void a_start_with_the_new_names_says_nothing() {
        try (var context = start(Map.of(), "--spring.profiles.active=baseline", "--platform.baseline.engine=jpa")) {
            assertThat(OldNames.notice(context.getEnvironment())).isEmpty();
        }
    }
}
