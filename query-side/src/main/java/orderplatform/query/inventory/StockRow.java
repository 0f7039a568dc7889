package orderplatform.query.inventory;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import orderplatform.api.Money;
import orderplatform.api.Sku;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.inventory.StockLevels;
import orderplatform.api.inventory.StockView;
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
