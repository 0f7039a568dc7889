package orderplatform.app.benchmarks.result;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A number of orders, all of them settled.
 *
 * @param took from the first call to the last settled order
 * @param cpu seconds by process, the client's excluded
 * @param wal bytes of PostgreSQL's write-ahead log
 * @param tables bytes that tables and indexes grew by
 */
public record Round(int orders, Duration took, Map<String, Double> cpu, long wal, long tables) {

    public double perSecond() {
        return orders / (took.toNanos() / 1e9);
    }

    public double walPerOrder() {
        return (double) wal / orders;
    }

    public double tablesPerOrder() {
        return (double) tables / orders;
    }

    Map<String, Double> cpuPerOrder() {
        var perOrder = new TreeMap<String, Double>();
        cpu.forEach((process, seconds) -> perOrder.put(process, seconds / orders));
        return perOrder;
    }
}
