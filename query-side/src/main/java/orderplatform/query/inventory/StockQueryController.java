package orderplatform.query.inventory;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import orderplatform.api.Sku;
import orderplatform.api.inventory.StockQuery;
import orderplatform.api.inventory.StockView;
import orderplatform.query.consistency.ConsistencyToken;
import orderplatform.query.consistency.ReadsFrom;
import orderplatform.query.web.Parameters;
import orderplatform.query.web.Problems;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class StockQueryController {

    private final QueryGateway queries;

    StockQueryController(QueryGateway queries) {
        this.queries = queries;
    }

    @GetMapping("/api/stock/{sku}")
    StockView bySku(
            @PathVariable String sku, @ReadsFrom("stock") ConsistencyToken token, HttpServletResponse response) {
        Optional<StockView> found = Parameters.inPath(sku, Sku::new)
                .flatMap(it -> queries.query(
                                token.sentWith(new StockQuery.BySku(it)),
                                ResponseTypes.optionalInstanceOf(StockView.class))
                        .join());
        StockView stock = found.orElseThrow(() -> Problems.notFound("stock", "There is no stock of such a SKU."));
        response.setHeader(HttpHeaders.ETAG, "\"%d\"".formatted(stock.version()));
        return stock;
    }
}
