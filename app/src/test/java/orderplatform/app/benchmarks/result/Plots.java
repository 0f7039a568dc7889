package orderplatform.app.benchmarks.result;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Settings;
import org.HdrHistogram.Histogram;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/** Pictures beside the report. */
public interface Plots {

    int WIDTH = 800;
    int HEIGHT = 500;
    double NANOS_PER_MILLI = 1e6;
    List<Double> PERCENTILES = List.of(1.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0, 99.9);

    /** Orders per second by number of clients. */
    static void throughput(Map<Contender, Map<Integer, Double>> perClients, Settings settings) throws IOException {
        var chart = chart("Confirmed orders per second", "clients", "orders/s");
        perClients.forEach((contender, rates) ->
                chart.addSeries(contender.key(), new ArrayList<>(rates.keySet()), new ArrayList<>(rates.values())));
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        save(chart, "throughput", settings);
    }

    /** Milliseconds by percentile. */
    static void latency(Map<Contender, Histogram> latencies, Settings settings) throws IOException {
        var chart = chart("From POST to confirmed and visible", "percent of orders", "ms");
        latencies.forEach((contender, histogram) -> chart.addSeries(
                contender.key(),
                PERCENTILES,
                PERCENTILES.stream()
                        .map(percentile -> histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI)
                        .toList()));
        chart.getStyler().setYAxisLogarithmic(true);
        save(chart, "latency", settings);
    }

    private static XYChart chart(String title, String x, String y) {
        var chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW).setChartBackgroundColor(Color.WHITE);
        return chart;
    }

    private static void save(XYChart chart, String name, Settings settings) throws IOException {
        Files.createDirectories(settings.output());
        BitmapEncoder.saveBitmap(chart, settings.output().resolve(name).toString(), BitmapEncoder.BitmapFormat.PNG);
    }
}
