package orderplatform.app.operations;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import orderplatform.command.web.Answers;
import orderplatform.command.web.WriteHeaders;
import orderplatform.query.web.Parameters;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/dead-letters")
class DeadLetterController {

    private static final int MAX_LIMIT = 200;

    private final DeadLetters letters;
    private final Answers answers;

    DeadLetterController(DeadLetters letters, Answers answers) {
        this.letters = letters;
        this.answers = answers;
    }

    record Page(List<DeadLetter> items, @Nullable String nextCursor) {}

    /**
     * @param state {@code PENDING} if no node that can do it has done it yet
     * @param left the dead letter if it failed again; null if it is done with, or on its way
     */
    record Retried(UUID id, String state, @Nullable DeadLetter left) {}

    @GetMapping
    Page all(@RequestParam(defaultValue = "50") int limit, @RequestParam(required = false) @Nullable String cursor) {
        Parameters.requireLimit(limit, MAX_LIMIT);
        var after =
                cursor == null ? DeadLetterCursor.START : Parameters.inQuery("cursor", cursor, DeadLetterCursor::of);
        var found = letters.page(after, limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        var next = found.size() > limit ? DeadLetterCursor.after(page.getLast()).encoded() : null;
        return new Page(page, next);
    }

    @PostMapping("/{id}/retry")
    ResponseEntity<String> retry(@PathVariable String id, @RequestHeader HttpHeaders httpHeaders) {
        var headers = WriteHeaders.of(httpHeaders);
        return answers.once(
                headers, List.of("POST /api/dead-letters/retry", id), () -> retry(find(id), headers.actor()));
    }

    private Answers.Written retry(DeadLetter letter, String actor) {
        if (!letters.retry(letter, actor)) {
            return pending(letter);
        }
        var left = letter.isMessage() ? Optional.<DeadLetter>empty() : letters.find(letter.id());
        return Answers.Written.ok(new Retried(letter.id(), left.isPresent() ? "PARKED" : "DONE", left.orElse(null)));
    }

    private static Answers.Written pending(DeadLetter letter) {
        return new Answers.Written(HttpStatus.ACCEPTED, new Retried(letter.id(), "PENDING", letter), Map.of());
    }

    @DeleteMapping("/{id}")
    ResponseEntity<String> drop(@PathVariable String id, @RequestHeader HttpHeaders httpHeaders) {
        var headers = WriteHeaders.of(httpHeaders);
        return answers.once(headers, List.of("DELETE /api/dead-letters", id), () -> {
            var letter = find(id);
            return letters.drop(letter, headers.actor())
                    ? new Answers.Written(HttpStatus.NO_CONTENT, null, Map.of())
                    : pending(letter);
        });
    }

    private DeadLetter find(String id) {
        return Parameters.inPath(id, UUID::fromString)
                .flatMap(letters::find)
                .orElseThrow(() -> Problem.of(ProblemType.DEAD_LETTER_NOT_FOUND, "There is no such dead letter."));
    }
}
