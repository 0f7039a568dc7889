package orderplatform.api.orders;

import orderplatform.api.PersonalData;
import org.jspecify.annotations.Nullable;

/**
 * Where the customer wants to be told about an order; either may be missing. In events both are sealed with a key of the
 * customer's, since revision 2 of {@code order.placed}.
 */
public record Contact(
        @PersonalData @Nullable String email,
        @PersonalData @Nullable String phone) {

    /** Names of the fields, as seals know them. */
    public static final String EMAIL_FIELD = "contact.email";

    public static final String PHONE_FIELD = "contact.phone";

    /** Says what is there, not what it is, so that a log line gives nobody away. */
    @Override
    public String toString() {
        return "Contact[email=%s, phone=%s]".formatted(email == null ? "none" : "***", phone == null ? "none" : "***");
    }
}
