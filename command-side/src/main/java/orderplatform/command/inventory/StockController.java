package orderplatform.command.inventory;

import jakarta.validation.Valid;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import orderplatform.api.Identifiers;
import orderplatform.api.Money;
import orderplatform.api.Outcome;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import orderplatform.api.Sku;
import orderplatform.api.inventory.StockCommand;
import orderplatform.api.inventory.StockLevels;
import orderplatform.command.web.Answers;
import orderplatform.command.web.Commands;
import orderplatform.command.web.LogPositions;
import orderplatform.command.web.WriteHeaders;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes goods in and corrects counts. */
@RestController
@RequestMapping("/api/stock/{sku}")
class StockController {

    private final Commands commands;
    private final Answers answers;
    private final LogPositions positions;

    StockController(Commands commands, Answers answers, LogPositions positions) {
        this.commands = commands;
        this.answers = answers;
        this.positions = positions;
    }

    /** @param position in the log of the event that made the version */
    record StockState(
            Sku sku, long onHand, long reserved, long allocated, long available, long version, long position) {}

    @PostMapping("/receipts")
    ResponseEntity<String> receive(
            @PathVariable("sku") String value,
            @RequestHeader HttpHeaders httpHeaders,
            @RequestBody @Valid StockRequests.ReceiveStock receipt) {
        var headers = WriteHeaders.of(httpHeaders);
        var sku = sku(value);
        var listPrice = listPrice(receipt.listPrice());
        return answers.once(
                headers,
                List.of("POST /api/stock/receipts", sku, receipt),
                () -> written(
                        HttpStatus.CREATED,
                        sku,
                        commands.accepted(
                                new StockCommand.Receive(
                                        sku,
                                        deliveryId(headers),
                                        receipt.quantity(),
                                        receipt.name(),
                                        listPrice,
                                        headers.ifVersion()),
                                headers.actor())));
    }

    @PostMapping("/adjustments")
    ResponseEntity<String> adjust(
            @PathVariable("sku") String value,
            @RequestHeader HttpHeaders httpHeaders,
            @RequestBody @Valid StockRequests.AdjustStock adjustment) {
        var headers = WriteHeaders.of(httpHeaders);
        var sku = sku(value);
        return answers.once(
                headers,
                List.of("POST /api/stock/adjustments", sku, adjustment),
                () -> written(HttpStatus.OK, sku, adjust(sku, adjustment, headers)));
    }

    private Outcome.Accepted<StockLevels> adjust(Sku sku, StockRequests.AdjustStock adjustment, WriteHeaders headers) {
        try {
            return commands.accepted(
                    new StockCommand.Adjust(
                            sku,
                            deliveryId(headers),
                            adjustment.from(),
                            adjustment.to(),
                            adjustment.reason(),
                            headers.ifVersion()),
                    headers.actor());
        } catch (AggregateNotFoundException e) {
            throw headers.missing(Problem.of(ProblemType.STOCK_NOT_FOUND, "%s never came in.".formatted(sku)));
        }
    }

    private Answers.Written written(HttpStatus status, Sku sku, Outcome.Accepted<StockLevels> accepted) {
        var levels = accepted.state();
        var position = positions.of(sku.stream(), accepted.version());
        var state = new StockState(
                sku,
                levels.onHand(),
                levels.reserved(),
                levels.allocated(),
                levels.available(),
                accepted.version(),
                position);
        return Answers.Written.event(status, state, accepted.version(), position, Map.of());
    }

    private static String deliveryId(WriteHeaders headers) {
        var key = headers.idempotencyKey();
        return key == null ? UUID.randomUUID().toString() : key;
    }

    private static Sku sku(String value) {
        try {
            return new Sku(value);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("sku", "must match " + Identifiers.PATTERN);
        }
    }

    private static @Nullable Money listPrice(StockRequests.@Nullable ListPrice listPrice) {
        try {
            return listPrice == null ? null : listPrice.toMoney();
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("listPrice.currency", "must be an ISO 4217 code");
        }
    }
}
