package orderplatform.app.benchmarks.result;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What has been used so far.
 *
 * @param cpu seconds by process
 * @param wal bytes of PostgreSQL's write-ahead log
 * @param tables bytes of tables and indexes
 */
public record Usage(Map<String, Double> cpu, long wal, long tables) {

    public Round since(Usage before, int orders, Duration took) {
        var used = new HashMap<>(cpu);
        before.cpu.forEach((process, seconds) -> used.merge(process, -seconds, Double::sum));
        return new Round(orders, took, used, wal - before.wal, tables - before.tables);
    }
}
