package orderplatform.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.logback.ColorConverter;
import org.springframework.boot.logging.logback.WhitespaceThrowableProxyConverter;
import org.springframework.core.io.ClassPathResource;

class LogLineTest {

    @Test
    void a_text_of_a_callers_stays_within_its_line() throws IOException {
        var line = line("Cancelled: no\r\n2026-01-01 ERROR all is lost\u001b[31m\u202e!\u0000");
        assertThat(line).endsWith(": Cancelled: no 2026-01-01 ERROR all is lost [31m ! " + System.lineSeparator());
        assertThat(line.strip().lines()).hasSize(1);
    }

    private static String line(String message) throws IOException {
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        var layout = new PatternLayout();
        layout.setContext(context);
        layout.getInstanceConverterMap().put("clr", ColorConverter::new);
        layout.getInstanceConverterMap().put("wEx", WhitespaceThrowableProxyConverter::new);
        layout.setPattern((String) new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yaml"))
                .getFirst()
                .getProperty("logging.pattern.console"));
        layout.start();
        return layout.doLayout(new LoggingEvent("test", context.getLogger("test"), Level.INFO, message, null, null));
    }
}
