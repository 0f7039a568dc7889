package orderplatform.command.web;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import orderplatform.eventstore.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The first answer to each {@code Idempotency-Key}. A write whose node died before it answered is done again when its key
 * comes again; what it had appended is recognised by the aggregate. The same holds for one key on two nodes at once: both
 * answer what was kept first.
 */
@Component
class IdempotencyKeys {

    private final KeptAnswers kept;

    /** Fingerprints of the requests that run on this node, by key. */
    private final Map<String, byte[]> running = new ConcurrentHashMap<>();

    IdempotencyKeys(KeptAnswers kept) {
        this.kept = kept;
    }

    /**
     * @throws Problem 409 while the first attempt runs, 422 for another request with the same key, 503 if it is not
     *     known whether the answer was kept
     */
    Answer once(String key, byte[] request, Supplier<Answer> attempt) {
        var fingerprint = Sha256.of(request);
        var first = running.putIfAbsent(key, fingerprint);
        if (first != null) {
            requireSame(fingerprint, first);
            throw Problem.of(ProblemType.REQUEST_IN_PROGRESS, "The first attempt with this key still runs.")
                    .retryAfter(Duration.ofSeconds(1));
        }
        try {
            var earlier = kept.find(key);
            return answer(earlier == null ? keep(key, fingerprint, attempt.get()) : earlier, fingerprint);
        } finally {
            running.remove(key);
        }
    }

    private KeptAnswers.Kept keep(String key, byte[] fingerprint, Answer answer) {
        return kept.keep(new KeptAnswers.Kept(key, fingerprint, answer));
    }

    private static Answer answer(KeptAnswers.Kept kept, byte[] fingerprint) {
        requireSame(fingerprint, kept.fingerprint());
        return kept.answer();
    }

    private static void requireSame(byte[] fingerprint, byte @Nullable [] first) {
        if (!Arrays.equals(fingerprint, first)) {
            throw Problem.of(ProblemType.IDEMPOTENCY_KEY_REUSED, "The Idempotency-Key was used for another request.");
        }
    }
}
