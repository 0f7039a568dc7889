package orderplatform.eventstore.log;

import java.lang.management.ManagementFactory;
import java.util.UUID;

/**
 * Who appended a batch and who works for a reader: process id, host, and a part of its own for each start, because two
 * nodes may have both in common.
 */
public record Node(String name) {

    static Node unique() {
        var process = ManagementFactory.getRuntimeMXBean().getName();
        return new Node(process + "/" + UUID.randomUUID().toString().substring(0, 8));
    }
}
