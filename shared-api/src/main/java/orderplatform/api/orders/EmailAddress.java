package orderplatform.api.orders;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import orderplatform.api.Texts;

/**
 * An address that an e-mail can be sent to exactly as it was given.
 *
 * @param local before the @; needs SMTPUTF8 (RFC 6531) if it holds characters outside ASCII
 * @param domain in A-labels (RFC 5891)
 */
public record EmailAddress(String local, String domain) {

    private static final int MAX_LOCAL_BYTES = 64;
    private static final int MAX_BYTES = 254;

    /** Words between dots: of ASCII what RFC 5322 lets stand without quotes, beyond it letters, marks, digits, symbols. */
    private static final String WORD = "[\\w!#$%&'*+/=?^`{|}~\\p{L}\\p{M}\\p{N}\\p{S}-]+";

    private static final Pattern LOCAL = Pattern.compile(WORD + "(\\." + WORD + ")*");
    private static final Pattern ASCII_LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("[\\p{L}\\p{M}\\p{N}\u30FB-]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /** @throws IllegalArgumentException if nothing can be sent to exactly this address; the message does not quote it */
    public static EmailAddress of(String text) {
        int at = text.lastIndexOf('@');
        require(at > 0 && at < text.length() - 1, "must have a name, an at sign and a domain");
        var local = text.substring(0, at);
        require(
                Texts.isClean(text) && LOCAL.matcher(local).matches(),
                "has characters before the at sign that can't be sent to");
        require(bytes(local) <= MAX_LOCAL_BYTES, "must have at most " + MAX_LOCAL_BYTES + " bytes before the at sign");
        var labels = text.substring(at + 1).split("\\.", -1);
        var domain = Arrays.stream(labels).map(EmailAddress::asciiLabel).collect(Collectors.joining("."));
        require(
                !NUMBER.matcher(labels[labels.length - 1]).matches(),
                "must have the name of a domain after the at sign");
        var address = new EmailAddress(local, domain);
        require(bytes(address.toString()) <= MAX_BYTES, "must have at most " + MAX_BYTES + " bytes");
        return address;
    }

    /** Tells if the server has to offer SMTPUTF8. */
    public boolean needsSmtputf8() {
        return bytes(local) > local.length();
    }

    /**
     * The JDK converts by IDNA 2003, which maps some characters to others: "ß" to "ss", a final sigma to a sigma. A label
     * that does not come back from its conversion leads to another domain, and is refused.
     */
    private static String asciiLabel(String label) {
        if (StandardCharsets.US_ASCII.newEncoder().canEncode(label)) {
            require(ASCII_LABEL.matcher(label).matches(), "has a part after the at sign that no domain can have");
            return label;
        }
        try {
            var ascii = IDN.toASCII(label, IDN.USE_STD3_ASCII_RULES);
            var wanted = Normalizer.normalize(label, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
            if (LABEL.matcher(label).matches() && IDN.toUnicode(ascii).equals(wanted)) {
                return ascii;
            }
        } catch (IllegalArgumentException unassignedToIdna) {
            // Said below: the JDK's own message quotes the address.
        }
        throw new IllegalArgumentException("has a domain that is not certain; write the domain in ASCII, as xn--...");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The address as a mail server is told it. */
    @Override
    public String toString() {
        return local + "@" + domain;
    }
}
