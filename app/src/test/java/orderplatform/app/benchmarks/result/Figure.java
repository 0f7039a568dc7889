package orderplatform.app.benchmarks.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One figure as measured in several rounds. */
public record Figure(List<Double> rounds, String unit) {

    public static final String ORDERS = "orders/s";

    public Figure {
        rounds = rounds.stream().sorted().toList();
    }

    public static Figure of(double value, String unit) {
        return new Figure(List.of(value), unit);
    }

    public double median() {
        int middle = rounds.size() / 2;
        return rounds.size() % 2 == 1 ? rounds.get(middle) : (rounds.get(middle - 1) + rounds.get(middle)) / 2;
    }

    public double min() {
        return rounds.getFirst();
    }

    public double max() {
        return rounds.getLast();
    }

    public Map<String, Object> toJson() {
        var json = new LinkedHashMap<String, Object>();
        json.put("median", Rounding.of(median()));
        json.put("min", Rounding.of(min()));
        json.put("max", Rounding.of(max()));
        json.put("unit", unit);
        json.put("rounds", rounds.size());
        return json;
    }

    @Override
    public String toString() {
        return "%s %s (%s to %s)".formatted(Rounding.of(median()), unit, Rounding.of(min()), Rounding.of(max()));
    }
}
