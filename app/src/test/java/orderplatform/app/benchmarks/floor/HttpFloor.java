package orderplatform.app.benchmarks.floor;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import orderplatform.api.Identifiers;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** F2: takes an order, validates it and answers, nothing more. Also the empty web application that starts are compared with. */
@ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    ValidationAutoConfiguration.class
})
@Import(HttpFloor.Orders.class)
class HttpFloor {

    static final String PROFILE = "http-floor";

    public static void main(String[] args) {
        var application = new SpringApplication(HttpFloor.class);
        application.setAdditionalProfiles(PROFILE);
        application.run(args);
    }

    record Order(
            @NotNull @Pattern(regexp = Identifiers.PATTERN) String customerId,
            @NotNull @Pattern(regexp = "[A-Z]{3}") String currency,
            @NotNull @Size(min = 1, max = 2_000) List<@NotNull @Valid Line> lines) {}

    record Line(
            @NotNull @Pattern(regexp = Identifiers.PATTERN) String sku,
            @NotNull @Min(1) @Max(1_000_000) Integer quantity,
            @Min(0) @Max(1_000_000_000L) Long unitPrice) {}

    /** Only here: the platform of a test would find it too. */
    @Profile(HttpFloor.PROFILE)
    @RestController
    static class Orders {

        /** @param filler characters by which the answer is longer, for those that are compared with longer ones */
        @PostMapping("/api/orders")
        ResponseEntity<Map<String, Object>> place(
                @RequestBody @Valid Order order, @RequestParam(defaultValue = "0") int filler) {
            var id = UUID.randomUUID();
            return ResponseEntity.status(201)
                    .header("Location", "/api/orders/" + id)
                    .body(Map.of(
                            "orderId",
                            id,
                            "status",
                            "PLACED",
                            "version",
                            0,
                            "position",
                            order.lines().size(),
                            "filler",
                            "x".repeat(filler)));
        }
    }
}
