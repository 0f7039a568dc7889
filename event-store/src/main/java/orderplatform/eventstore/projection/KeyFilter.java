package orderplatform.eventstore.projection;

import java.util.Arrays;

/**
 * Remembers keys in a fixed amount of memory: it may take another key for one of them, more often the more there are, but
 * never forgets one.
 */
final class KeyFilter {

    /** 8 MB. With 5,000,000 keys it is wrong about one in fifty. */
    private static final int BITS = 1 << 26;

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final long[] bits = new long[BITS >> 6];

    /** Takes every key for one of them. */
    static KeyFilter all() {
        var all = new KeyFilter();
        Arrays.fill(all.bits, -1);
        return all;
    }

    void add(String key) {
        long hash = hash(key);
        set((int) hash);
        set((int) (hash >>> 32));
    }

    boolean mayContain(String key) {
        long hash = hash(key);
        return isSet((int) hash) && isSet((int) (hash >>> 32));
    }

    private static long hash(String key) {
        long hash = key.length();
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * SPREAD;
            hash ^= hash >>> 29;
        }
        return hash * SPREAD;
    }

    private void set(int hash) {
        int bit = hash & (BITS - 1);
        bits[bit >> 6] |= 1L << bit;
    }

    private boolean isSet(int hash) {
        int bit = hash & (BITS - 1);
        return (bits[bit >> 6] & 1L << bit) != 0;
    }
}
