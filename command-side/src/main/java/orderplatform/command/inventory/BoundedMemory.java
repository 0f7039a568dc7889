package orderplatform.command.inventory;

import java.nio.ByteBuffer;
import java.util.Arrays;
import orderplatform.eventstore.Sha256;

/**
 * Keeps the newest entries and forgets the oldest, so that an aggregate's state does not grow with its history. An entry takes
 * eight bytes: 62 bits of a hash of its name, which nobody can make collide with another's, and a small number. It is part
 * of snapshots, whose reader makes an empty one and sets what is not final.
 */
class BoundedMemory {

    /** What {@link #get} answers for a name that is not remembered. */
    static final int UNKNOWN = -1;

    private static final long VALUE_BITS = 0b11;
    private static final int FIRST_CAPACITY = 16;

    private int limit;
    private long[] entries = {};

    /** How many were ever added. The one with number n is at n modulo the limit. */
    private long added;

    private BoundedMemory() {}

    static BoundedMemory of(int limit) {
        var memory = new BoundedMemory();
        memory.limit = limit;
        return memory;
    }

    boolean contains(String name) {
        return get(name) != UNKNOWN;
    }

    int get(String name) {
        int index = indexOf(hash(name));
        return index < 0 ? UNKNOWN : (int) (entries[index] & VALUE_BITS);
    }

    /** @param value 0 to 3 */
    void put(String name, int value) {
        long hash = hash(name);
        int known = indexOf(hash);
        int index = known < 0 ? (int) (added++ % limit) : known;
        if (index == entries.length) {
            entries = Arrays.copyOf(entries, Math.min(limit, Math.max(FIRST_CAPACITY, 2 * entries.length)));
        }
        entries[index] = hash | value;
    }

    /** One after the other: a few thousand numbers side by side take less time than a hash of a name. */
    private int indexOf(long hash) {
        int size = (int) Math.min(added, limit);
        for (int i = 0; i < size; i++) {
            if ((entries[i] & ~VALUE_BITS) == hash) {
                return i;
            }
        }
        return -1;
    }

    private static long hash(String name) {
        return ByteBuffer.wrap(Sha256.of(name)).getLong() & ~VALUE_BITS;
    }
}
