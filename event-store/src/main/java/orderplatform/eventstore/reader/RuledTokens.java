package orderplatform.eventstore.reader;

import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;

/** Tokens that are claimed by rule. */
class RuledTokens extends JdbcTokenStore {

    private final ClaimRule rule;

    RuledTokens(Builder builder, ClaimRule rule) {
        super(builder);
        this.rule = rule;
    }

    @Override
    public TrackingToken fetchToken(String processor, int segment) {
        require(processor);
        return super.fetchToken(processor, segment);
    }

    @Override
    public TrackingToken fetchToken(String processor, Segment segment) {
        require(processor);
        return super.fetchToken(processor, segment);
    }

    private void require(String processor) {
        if (!rule.mayClaim(processor)) {
            throw new UnableToClaimTokenException("%s is not for this node to follow now".formatted(processor));
        }
    }
}
