package orderplatform.app.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One figure as measured in several rounds. */
record Figure(List<Double> rounds, String unit) {

    static final String ORDERS = "orders/s";

    Figure {
        rounds = rounds.stream().sorted().toList();
    }

    static Figure of(double value, String unit) {
        return new Figure(List.of(value), unit);
    }

    double median() {
        int middle = rounds.size() / 2;
        return rounds.size() % 2 == 1 ? rounds.get(middle) : (rounds.get(middle - 1) + rounds.get(middle)) / 2;
    }

    double min() {
        return rounds.getFirst();
    }

    double max() {
        return rounds.getLast();
    }

    Map<String, Object> toJson() {
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
