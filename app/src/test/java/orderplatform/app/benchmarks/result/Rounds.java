package orderplatform.app.benchmarks.result;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The same measurement of several contenders in turns, so that a machine that changes its mood does so to all. */
public record Rounds<C, T>(Map<C, List<T>> measured) {

    @FunctionalInterface
    public interface Measurement<C, T> {
        T take(C contender) throws Exception;
    }

    public static <C, T> Rounds<C, T> alternate(int rounds, Collection<C> contenders, Measurement<C, T> measurement)
            throws Exception {
        var measured = new LinkedHashMap<C, List<T>>();
        for (int i = 0; i < rounds; i++) {
            for (var contender : contenders) {
                measured.computeIfAbsent(contender, any -> new ArrayList<>()).add(measurement.take(contender));
            }
        }
        return new Rounds<>(measured);
    }

    public List<T> of(C contender) {
        return measured.get(contender);
    }

    public Figure figure(C contender, ToDoubleFunction<T> value, String unit) {
        return new Figure(of(contender).stream().map(value::applyAsDouble).toList(), unit);
    }

    /** Median of the ratios of all pairs; empty if the run leaves one of them out. */
    public OptionalDouble ratio(C one, C other, ToDoubleFunction<T> value) {
        if (!measured.keySet().containsAll(List.of(one, other))) {
            return OptionalDouble.empty();
        }
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < of(one).size(); i++) {
            ratios.add(value.applyAsDouble(of(one).get(i))
                    / value.applyAsDouble(of(other).get(i)));
        }
        return OptionalDouble.of(new Figure(ratios, "").median());
    }
}
