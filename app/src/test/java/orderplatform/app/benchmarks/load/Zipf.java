package orderplatform.app.benchmarks.load;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The k-th most popular of many is asked for 1/k as often as the first. */
public final class Zipf {

    private final double[] upTo;

    public Zipf(int size) {
        upTo = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
    }

    public int next(RandomGenerator random) {
        int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return Math.min(found < 0 ? -found - 1 : found, upTo.length - 1);
    }
}
