package orderplatform.eventstore.reader;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of one reader, each stored with its segment's {@link Checkpoint}. Axon asks for a token to be stored with each
 * batch, and also if no event of a batch was for the segment: it is only noted until the checkpoint is due. When nothing
 * comes, Axon signs the claim: what is noted is stored then. For a batch that takes longer than a claim lasts, {@link
 * #signClaimsOfWhatIsUnderWay} has to be called meanwhile.
 */
final class CheckpointedTokens implements TokenStore {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointedTokens.class);

    private final TokenStore tokens;
    private final String reader;
    private final Duration interval;
    private final LongSupplier nanoTime;
    private final Map<Integer, Checkpoint> segments = new ConcurrentHashMap<>();

    CheckpointedTokens(TokenStore tokens, String reader, Duration interval, LongSupplier nanoTime) {
        this.tokens = tokens;
        this.reader = reader;
        this.interval = interval;
        this.nanoTime = nanoTime;
    }

    Checkpoint of(int segment) {
        return segments.computeIfAbsent(
                segment, it -> new Checkpoint(interval, token -> tokens.storeToken(token, reader, segment), nanoTime));
    }

    /** The segment is read again from its stored position: another node may have worked on it. */
    @Override
    public TrackingToken fetchToken(String processor, int segment) {
        segments.remove(segment);
        return tokens.fetchToken(processor, segment);
    }

    @Override
    public TrackingToken fetchToken(String processor, Segment segment) {
        segments.remove(segment.getSegmentId());
        return tokens.fetchToken(processor, segment);
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processor, int segment) {
        if (token == null) {
            tokens.storeToken(null, processor, segment);
            return;
        }
        var checkpoint = of(segment);
        checkpoint.passed(token);
        if (!CurrentUnitOfWork.isStarted() && checkpoint.isDue()) {
            store(checkpoint);
        }
    }

    @Override
    public void extendClaim(String processor, int segment) {
        if (CurrentUnitOfWork.isStarted()) {
            return;
        }
        var checkpoint = of(segment);
        if (checkpoint.isPending()) {
            store(checkpoint);
        } else if (checkpoint.hasToSignClaim()) {
            tokens.extendClaim(processor, segment);
            checkpoint.claimSigned();
        }
    }

    /** By a thread that is not a segment's, each in a transaction of its own: one that is being stored is waited for. */
    void signClaimsOfWhatIsUnderWay(TransactionManager transactions) {
        segments.forEach((segment, checkpoint) -> {
            if (checkpoint.isUnderWay()) {
                sign(segment, transactions);
            }
        });
    }

    private void sign(int segment, TransactionManager transactions) {
        try {
            transactions.executeInTransaction(() -> tokens.extendClaim(reader, segment));
        } catch (UnableToClaimTokenException lost) {
            LOG.debug(
                    "This node has lost segment {} of reader {}; its worker learns that when it stores",
                    segment,
                    reader);
        }
    }

    @Override
    public void releaseClaim(String processor, int segment) {
        var checkpoint = of(segment);
        if (checkpoint.isPending()) {
            store(checkpoint);
        }
        tokens.releaseClaim(processor, segment);
    }

    private static void store(Checkpoint checkpoint) {
        try {
            checkpoint.store();
        } catch (RuntimeException failed) {
            checkpoint.drop();
            throw failed;
        }
    }

    @Override
    public void initializeTokenSegments(String processor, int count) {
        tokens.initializeTokenSegments(processor, count);
    }

    @Override
    public void initializeTokenSegments(String processor, int count, @Nullable TrackingToken first) {
        tokens.initializeTokenSegments(processor, count, first);
    }

    @Override
    public void initializeSegment(@Nullable TrackingToken token, String processor, int segment) {
        tokens.initializeSegment(token, processor, segment);
    }

    @Override
    public void deleteToken(String processor, int segment) {
        tokens.deleteToken(processor, segment);
    }

    @Override
    public boolean requiresExplicitSegmentInitialization() {
        return tokens.requiresExplicitSegmentInitialization();
    }

    @Override
    public int[] fetchSegments(String processor) {
        return tokens.fetchSegments(processor);
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processor) {
        return tokens.fetchAvailableSegments(processor);
    }

    @Override
    public Optional<String> retrieveStorageIdentifier() {
        return tokens.retrieveStorageIdentifier();
    }
}
