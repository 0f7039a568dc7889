package orderplatform.app.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Which faults a seed has and how often: each is left out by some seeds, so that others show what they would else hide.
 */
public final class Faults {

    private final SplittableRandom random;
    private final Map<Fault, Integer> oneIn = new EnumMap<>(Fault.class);
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
    private boolean over;

    Faults(SplittableRandom random) {
        this.random = random;
        for (var fault : Fault.values()) {
            if (random.nextInt(3) > 0) {
                oneIn.put(fault, Math.max(2, fault.oneIn() * (1 + random.nextInt(4)) / 2));
            }
        }
    }

    public boolean strikes(Fault fault) {
        var chance = oneIn.get(fault);
        if (over || chance == null || random.nextInt(chance) != 0) {
            return false;
        }
        struck.merge(fault, 1, Integer::sum);
        return true;
    }

    /** From now on nothing goes wrong. */
    void end() {
        over = true;
    }

    Map<Fault, Integer> struck() {
        return struck;
    }
}
