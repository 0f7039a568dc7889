package orderplatform.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.axonframework.spring.stereotype.Aggregate;
import org.axonframework.spring.stereotype.Saga;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** What depends on what, and what lies where. */
class ArchitectureTest {

    private static final String ROOT = "orderplatform.";

    /** The capabilities of each module: one flat package each. A new capability is a new name here. */
    private static final Map<String, List<String>> CAPABILITIES = Map.of(
            "api", List.of("customers", "inventory", "notifications", "orders", "payments", "revenue"),
            "command", List.of("customers", "inventory", "orders", "payments", "web"),
            "eventstore",
                    List.of(
                            "audit",
                            "bulk",
                            "commit",
                            "database",
                            "log",
                            "parking",
                            "personal",
                            "projection",
                            "reader",
                            "replay",
                            "saga"),
            "saga", List.of("fulfilment", "payments"),
            "query",
                    List.of(
                            "cache",
                            "consistency",
                            "deadletters",
                            "delivery",
                            "history",
                            "inventory",
                            "log",
                            "notifications",
                            "orders",
                            "projections",
                            "relay",
                            "revenue",
                            "web"),
            "app",
                    List.of(
                            "audit",
                            "baseline",
                            "cli",
                            "client",
                            "demo",
                            "embedded",
                            "engine",
                            "health",
                            "importing",
                            "logging",
                            "operations",
                            "payments",
                            "retail",
                            "start",
                            "stores",
                            "web"));

    private static final List<String> FLOATING_POINT =
            List.of("double", "float", Double.class.getName(), Float.class.getName());

    private static final Pattern ENGINES_TABLES = Pattern.compile("\\b(event_log|next_generation|last_generation)\\.");

    private static final JavaClasses PLATFORM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/fixture/"))
            .importPackages("orderplatform");

    @Test
    void the_command_side_depends_on_messages_and_engine_alone() {
        check(dependsOnNone("command", "saga", "query", "app"));
    }

    @Test
    void the_sagas_depend_on_messages_and_engine_alone() {
        check(dependsOnNone("saga", "command", "query", "app"));
    }

    @Test
    void the_query_side_depends_on_messages_and_engine_alone() {
        check(dependsOnNone("query", "command", "saga", "app"));
    }

    @Test
    void the_messages_depend_on_no_module_and_on_no_spring() {
        check(dependsOnNone("api", "command", "saga", "query", "app"));
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + "api..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.."));
    }

    private static ArchRule dependsOnNone(String module, String... others) {
        var packages = Stream.of(others).map(other -> ROOT + other + "..").toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(ROOT + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    @Test
    void every_class_lies_in_its_modules_root_or_in_one_of_its_capabilities() {
        var packages = CAPABILITIES.entrySet().stream()
                .flatMap(module -> Stream.concat(
                        Stream.of(ROOT + module.getKey()),
                        module.getValue().stream().map(name -> ROOT + module.getKey() + "." + name)))
                .toArray(String[]::new);
        assertThat(Stream.of(packages).filter(name -> !PLATFORM.containPackage(name)))
                .as("packages that are listed here and do not exist")
                .isEmpty();
        check(classes().should().resideInAnyPackage(packages));
    }

    /** Tests run in the folder of their module. */
    @Test
    void only_the_engine_names_its_tables() throws IOException {
        try (var files = Files.walk(Path.of(".."))) {
            var naming = files.filter(
                            file -> file.toString().matches("\\.\\./(?!event-store/)[a-z-]+/src/main/java/.*\\.java"))
                    .filter(file -> ENGINES_TABLES.matcher(content(file)).find());
            assertThat(naming).isEmpty();
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void no_class_is_named_after_what_it_is_made_of() {
        check(noClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Utils?|Base|Dto|DTO|Mapper|Assembler)(\\$.*)?"));
    }

    @Test
    void every_package_is_null_marked() {
        check(classes().should(ArchCondition.from(lieInANullMarkedPackage())));
    }

    private static DescribedPredicate<JavaClass> lieInANullMarkedPackage() {
        return DescribedPredicate.describe(
                "lie in a @NullMarked package", type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }

    @Test
    void aggregates_read_no_clock_and_make_no_id() {
        assertThat(PLATFORM.that(areAggregates()))
                .extracting(JavaClass::getSimpleName)
                .containsExactlyInAnyOrder("Customer", "Order", "StockItem", "Payment");
        check(noClasses()
                .that(areAggregates())
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime"));
    }

    private static DescribedPredicate<JavaClass> areAggregates() {
        return DescribedPredicate.describe("are aggregates", type -> type.isAnnotatedWith(Aggregate.class));
    }

    @Test
    void only_sagas_have_fields_injected() {
        check(noFields()
                .that()
                .areDeclaredInClassesThat()
                .areNotAnnotatedWith(Saga.class)
                .should()
                .beAnnotatedWith(Autowired.class)
                .orShould()
                .beAnnotatedWith(Value.class));
    }

    @Test
    void the_messages_have_no_floating_point_numbers() {
        check(noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(ROOT + "api..")
                .should()
                .haveRawType(DescribedPredicate.describe(
                        "floating point", type -> FLOATING_POINT.contains(type.getName()))));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(PLATFORM);
    }
}
