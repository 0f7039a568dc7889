package orderplatform.query.inventory;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import orderplatform.api.Moment;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import orderplatform.api.Sku;
import orderplatform.api.inventory.StockQuery;
import orderplatform.api.inventory.StockView;
import orderplatform.query.consistency.ConsistencyToken;
import orderplatform.query.consistency.ReadsFrom;
import orderplatform.query.web.Parameters;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class StockQueryController {

    private final QueryGateway queries;

    StockQueryController(QueryGateway queries) {
        this.queries = queries;
    }

    @GetMapping("/api/stock/{sku}")
    StockView bySku(
            @PathVariable String sku,
            @RequestParam(required = false) @Nullable String asOfVersion,
            @RequestParam(required = false) @Nullable String asOf,
            @ReadsFrom("stock") ConsistencyToken token,
            HttpServletResponse response) {
        var moment = Parameters.moment(asOfVersion, asOf);
        StockView stock = Parameters.inPath(sku, Sku::new)
                .flatMap(it -> queries.query(
                                token.sentWith(query(it, moment)), ResponseTypes.optionalInstanceOf(StockView.class))
                        .join())
                .orElseThrow(() ->
                        Problem.of(ProblemType.STOCK_NOT_FOUND, "There is no stock of such a SKU, or was none then."));
        response.setHeader(HttpHeaders.ETAG, "\"%d\"".formatted(stock.version()));
        return stock;
    }

    private static StockQuery query(Sku sku, Optional<Moment> moment) {
        return moment.<StockQuery>map(it -> new StockQuery.AsOf(sku, it)).orElseGet(() -> new StockQuery.BySku(sku));
    }
}
