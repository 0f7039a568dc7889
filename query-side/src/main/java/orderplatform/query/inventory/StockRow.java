package orderplatform.query.inventory;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import orderplatform.api.Money;
import orderplatform.api.Sku;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.inventory.StockLevels;
import orderplatform.api.inventory.StockView;
import orderplatform.eventstore.projection.Column;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "stock_view")
class StockRow {

    private static final long NOTHING_YET = -1;

    @Id
    private String sku;

    private @Nullable String name;
    private @Nullable Long listPriceAmount;
    private @Nullable String listPriceCurrency;
    private long onHand;
    private long reserved;
    private long allocated;
    private long version;
    private long position;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected StockRow() {}

    StockRow(Sku sku) {
        this.sku = sku.value();
        version = NOTHING_YET;
    }

    /** The row as the table has it. */
    static StockRow of(ResultSet row, int number) throws SQLException {
        var stock = new StockRow();
        stock.sku = row.getString("sku");
        stock.name = row.getString("name");
        stock.listPriceAmount = row.getObject("list_price_amount", Long.class);
        stock.listPriceCurrency = row.getString("list_price_currency");
        stock.onHand = row.getLong("on_hand");
        stock.reserved = row.getLong("reserved");
        stock.allocated = row.getLong("allocated");
        stock.version = row.getLong("version");
        stock.position = row.getLong("position");
        return stock;
    }

    static final List<Column<StockRow>> COLUMNS = List.of(
            new Column<>("sku", "text", row -> row.sku),
            new Column<>("name", "text", row -> row.name),
            new Column<>("list_price_amount", "bigint", row -> row.listPriceAmount),
            new Column<>("list_price_currency", "text", row -> row.listPriceCurrency),
            new Column<>("on_hand", "bigint", row -> row.onHand),
            new Column<>("reserved", "bigint", row -> row.reserved),
            new Column<>("allocated", "bigint", row -> row.allocated),
            new Column<>("version", "bigint", row -> row.version),
            new Column<>("position", "bigint", row -> row.position));

    String sku() {
        return sku;
    }

    /** Whether the event is news; one that came before, or that changed no level, is not. */
    boolean evolve(StockEvent event, long eventVersion, long eventPosition) {
        if (eventVersion <= version) {
            return false;
        }
        switch (event) {
            case StockEvent.Received it -> {
                describe(it.name(), it.listPrice());
                show(it.levels());
            }
            case StockEvent.Adjusted it -> show(it.levels());
            case StockEvent.Reserved it -> show(it.levels());
            case StockEvent.Allocated it -> show(it.levels());
            case StockEvent.Released it -> show(it.levels());
            case StockEvent.Deallocated it -> show(it.levels());
            case StockEvent.ReservationRejected it -> {
                return false;
            }
        }
        version = eventVersion;
        position = eventPosition;
        return true;
    }

    private void describe(@Nullable String newName, @Nullable Money newListPrice) {
        if (newName != null) {
            name = newName;
        }
        if (newListPrice != null) {
            listPriceAmount = newListPrice.amount();
            listPriceCurrency = newListPrice.currency();
        }
    }

    private void show(StockLevels levels) {
        onHand = levels.onHand();
        reserved = levels.reserved();
        allocated = levels.allocated();
    }

    StockView view() {
        var levels = new StockLevels(onHand, reserved, allocated);
        return new StockView(
                new Sku(sku), name, listPrice(), onHand, reserved, allocated, levels.available(), version, position);
    }

    private @Nullable Money listPrice() {
        return listPriceAmount == null || listPriceCurrency == null
                ? null
                : new Money(listPriceAmount, listPriceCurrency);
    }
}
