package orderplatform.command.customers;

import java.util.Arrays;
import java.util.Map;
import orderplatform.api.CustomerId;
import orderplatform.api.Identifiers;
import orderplatform.api.Problem;
import orderplatform.api.customers.CustomerCommand;
import orderplatform.command.web.Answers;
import orderplatform.command.web.Commands;
import orderplatform.command.web.LogPositions;
import orderplatform.command.web.WriteHeaders;
import orderplatform.eventstore.personal.PersonalTexts;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Forgets people. */
@RestController
@RequestMapping("/api/customers/{customerId}/personal-data")
class CustomerController {

    private static final int MAX_REASON_LENGTH = 500;

    private final Commands commands;
    private final Answers answers;
    private final LogPositions positions;
    private final PersonalTexts personal;

    CustomerController(Commands commands, Answers answers, LogPositions positions, PersonalTexts personal) {
        this.commands = commands;
        this.answers = answers;
        this.positions = positions;
        this.personal = personal;
    }

    /** @param position in the log of the event that says who asked */
    record Erasure(CustomerId customerId, boolean erased, long version, long position) {}

    @DeleteMapping
    ResponseEntity<String> erase(
            @PathVariable("customerId") String value,
            @RequestParam(required = false) @Nullable String reason,
            @RequestHeader HttpHeaders httpHeaders) {
        var headers = WriteHeaders.of(httpHeaders);
        var customer = customer(value);
        requireReason(reason);
        var request = Arrays.asList("DELETE /api/customers/personal-data", customer, reason);
        return answers.once(headers, request, id -> erase(customer, reason, headers, id));
    }

    /** The event first: a refused erasure destroys nothing. A caller without an answer asks again, and then the key is gone. */
    private Answers.Written erase(CustomerId customer, @Nullable String reason, WriteHeaders headers, String id) {
        var accepted = commands.<Boolean>accepted(
                new CustomerCommand.RecordErasure(customer, reason, headers.ifVersion()), headers.actor(), id);
        personal.forget(customer.value());
        var position = positions.of(customer.stream(), accepted.version());
        var erasure = new Erasure(customer, true, accepted.version(), position);
        return Answers.Written.event(HttpStatus.OK, erasure, accepted.version(), position, Map.of());
    }

    private static void requireReason(@Nullable String reason) {
        if (reason != null && reason.length() > MAX_REASON_LENGTH) {
            throw Problem.invalid("reason", "must have at most %d characters".formatted(MAX_REASON_LENGTH));
        }
    }

    private static CustomerId customer(String value) {
        try {
            return new CustomerId(value);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("customerId", "must match " + Identifiers.PATTERN);
        }
    }
}
