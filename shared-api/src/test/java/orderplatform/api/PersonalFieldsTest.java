package orderplatform.api;

import static org.assertj.core.api.Assertions.assertThat;

import orderplatform.api.orders.Contact;
import org.junit.jupiter.api.Test;

class PersonalFieldsTest {

    @Test
    void the_fields_of_each_event_are_those_that_are_marked() {
        for (var entry : EventCatalogue.ENTRIES) {
            var fields = PersonalFields.of(entry.name());
            if (entry.name().equals("order.placed")) {
                assertThat(fields).containsExactly(Contact.EMAIL_FIELD, Contact.PHONE_FIELD);
            } else {
                assertThat(fields).as(entry.name()).isEmpty();
            }
        }
    }

    @Test
    void an_event_that_the_catalogue_does_not_have_holds_none_that_is_known() {
        assertThat(PersonalFields.of("order.shipped")).isEmpty();
    }
}
