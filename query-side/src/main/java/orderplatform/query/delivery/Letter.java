package orderplatform.query.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import orderplatform.api.Texts;
import orderplatform.query.notifications.OrderTold;
import org.springframework.core.io.ClassPathResource;

/** A template with the event's facts in it. The first line of the file is the subject, the third the body's first. */
record Letter(String subject, String body) {

    private static final String SUBJECT_ENDS = "\n\n";
    private static final int MAX_REASON_CHARACTERS = 500;

    /** The dots of a domain, the @ of an address, the colon behind {@code https} or {@code mailto}; no dot of a number. */
    private static final Pattern LINKABLE =
            Pattern.compile("[.\u3002\uFF0E\uFF61](?=\\p{L})|(?<=\\p{L})[.:\u3002\uFF0E\uFF61](?=\\S)|@(?=\\S)");

    static Letter about(OrderTold event) {
        String text = read(event.template())
                .replace("{orderId}", event.orderId().value())
                .replace("{reason}", quoted(event.reason()));
        int subjectEnds = text.indexOf(SUBJECT_ENDS);
        return new Letter(text.substring(0, subjectEnds), text.substring(subjectEnds + SUBJECT_ENDS.length()));
    }

    /**
     * Data from elsewhere, in a mail from the shop's address: a space in each address of a web page, a person or an
     * application leaves nothing that a mail reader makes a link of. Old events hold texts that are refused today.
     */
    private static String quoted(String reason) {
        String bounded = reason.substring(0, Math.min(reason.length(), MAX_REASON_CHARACTERS));
        return LINKABLE.matcher(Texts.cleaned(bounded)).replaceAll("$0 ");
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
