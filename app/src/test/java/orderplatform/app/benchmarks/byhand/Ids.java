package orderplatform.app.benchmarks.byhand;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Random ids; nobody has to be kept from guessing them, so they come from the quick generator. */
interface Ids {

    long VERSION_4 = 0x4000L;
    long VERSION_MASK = 0xFFFFL;
    long VARIANT = 0x8000_0000_0000_0000L;
    long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;

    static UUID next() {
        var random = ThreadLocalRandom.current();
        return new UUID(
                random.nextLong() & ~VERSION_MASK | VERSION_4 | random.nextLong() & 0x0FFFL,
                random.nextLong() & VARIANT_MASK | VARIANT);
    }
}
