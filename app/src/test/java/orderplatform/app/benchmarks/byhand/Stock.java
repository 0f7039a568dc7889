package orderplatform.app.benchmarks.byhand;

/** The levels of one SKU; the writer's thread alone touches them. */
final class Stock {

    private final String sku;
    private long onHand;
    private long reserved;
    private long allocated;
    private long version = -1;
    private long position;

    Stock(String sku) {
        this.sku = sku;
    }

    boolean has(int quantity) {
        return onHand - reserved - allocated >= quantity;
    }

    void receive(long quantity, long at) {
        onHand += quantity;
        changed(at);
    }

    void reserve(int quantity, long at) {
        reserved += quantity;
        changed(at);
    }

    void allocate(int quantity, long at) {
        reserved -= quantity;
        allocated += quantity;
        changed(at);
    }

    private void changed(long at) {
        version++;
        position = at;
    }

    String sku() {
        return sku;
    }

    String stream() {
        return "stock-" + sku;
    }

    long onHand() {
        return onHand;
    }

    long reserved() {
        return reserved;
    }

    long allocated() {
        return allocated;
    }

    long version() {
        return version;
    }

    long position() {
        return position;
    }

    String levels() {
        return "{\"onHand\":" + onHand + ",\"reserved\":" + reserved + ",\"allocated\":" + allocated + "}";
    }

    String view() {
        return "{\"sku\":\"" + sku + "\",\"onHand\":" + onHand + ",\"reserved\":" + reserved + ",\"allocated\":"
                + allocated
                + ",\"available\":" + (onHand - reserved - allocated) + ",\"version\":" + version + ",\"position\":"
                + position + "}";
    }
}
