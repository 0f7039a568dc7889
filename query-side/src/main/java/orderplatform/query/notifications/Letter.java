package orderplatform.query.notifications;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;

/** A template with the event's facts in it. The first line of the file is the subject, the third the body's first. */
record Letter(String subject, String body) {

    private static final String SUBJECT_ENDS = "\n\n";

    static Letter about(OrderTold event) {
        String text = read(event.template())
                .replace("{orderId}", event.orderId().value())
                .replace("{reason}", event.reason());
        int subjectEnds = text.indexOf(SUBJECT_ENDS);
        return new Letter(text.substring(0, subjectEnds), text.substring(subjectEnds + SUBJECT_ENDS.length()));
    }

    private static String read(String template) {
        var file = new ClassPathResource("%s.txt".formatted(template), Letter.class);
        try {
            return file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
