package orderplatform.saga.fulfilment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an order may wait before it is rejected.
 *
 * @param stock how long an order may wait for every SKU to answer
 * @param payment how long an order may wait for the provider to authorise
 * @param reservation how long an order may take from its placement to its confirmation; longer than the other two together
 */
@ConfigurationProperties("platform.fulfilment")
public record FulfilmentDeadlines(
        @DefaultValue("30s") Duration stock,
        @DefaultValue("60s") Duration payment,
        @DefaultValue("15m") Duration reservation) {

    static final String STOCK = "stock";
    static final String PAYMENT = "payment";
    static final String RESERVATION = "reservation";

    /** @throws IllegalArgumentException if a deadline is not positive */
    public FulfilmentDeadlines {
        if (!stock.isPositive() || !payment.isPositive() || !reservation.isPositive()) {
            throw new IllegalArgumentException("platform.fulfilment deadlines must be positive");
        }
    }
}
