package orderplatform.app.web;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;

/** The pages that a problem's {@code type} leads to, and what {@code /} leads to. */
@Hidden
@Controller
class ProblemPages {

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>%1$s</title></head>
            <body><h1>%1$s</h1>%2$s</body>
            </html>
            """;

    @GetMapping("/")
    String start() {
        return "redirect:/swagger-ui";
    }

    @ResponseBody
    @GetMapping(path = "/problems", produces = MediaType.TEXT_HTML_VALUE)
    String all() {
        var rows = Stream.of(ProblemType.values())
                .map(type -> "<dt>%d <a href=\"%s\">%s</a></dt><dd>%s</dd>"
                        .formatted(type.status(), type.path(), type.code(), escaped(type)))
                .collect(Collectors.joining());
        return PAGE.formatted("Problems", "<dl>" + rows + "</dl>");
    }

    @ResponseBody
    @GetMapping(path = "/problems/{code}", produces = MediaType.TEXT_HTML_VALUE)
    String one(@PathVariable String code) {
        var type = ProblemType.named(code)
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND, "No problem has this type."));
        return PAGE.formatted(
                type.title(),
                "<p>Status %d, type <code>%s</code>.</p><p>%s</p><p><a href=\"/problems\">All problems</a></p>"
                        .formatted(type.status(), type.path(), escaped(type)));
    }

    private static String escaped(ProblemType type) {
        return org.springframework.web.util.HtmlUtils.htmlEscape(type.explanation());
    }
}
