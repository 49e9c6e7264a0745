package io.refdata.perf.gate;

import io.refdata.perf.gate.Plot.Axis;
import io.refdata.perf.gate.Plot.Tick;
import io.refdata.persistence.performance.Figures;
import io.refdata.persistence.performance.Html;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Draws the pictures of a report. */
final class Plots {
  private static final double[] PERCENTILES = {
    0.1, 1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 92, 94, 95, 96, 97, 98, 98.5, 99, 99.25,
    99.5, 99.75, 99.9
  };
  private static final double LAST_PERCENTILE = 99.9;
  private static final int ROW = 18;

  private Plots() {}

  /** Latency by percentile of all results with a distribution; an empty text if there are none. */
  static String latency(List<Result> results) {
    Map<String, Latency> latencies = latencies(results);
    if (latencies.isEmpty()) {
      return "";
    }
    double least = latencies.values().stream().mapToDouble(it -> it.millis(1)).min().orElseThrow();
    double most =
        latencies.values().stream()
            .mapToDouble(it -> it.millis(LAST_PERCENTILE))
            .max()
            .orElseThrow();
    List<Tick> ticks = new ArrayList<>();
    for (double percentile : new double[] {50, 90, 95, 99, LAST_PERCENTILE}) {
      ticks.add(new Tick(beyond(percentile), Figures.text(percentile)));
    }
    Plot plot =
        new Plot(
            "Latency under load",
            new Axis("percentile", beyond(0), beyond(LAST_PERCENTILE), true, ticks),
            Axis.logarithmic("ms", Math.max(least, 0.001), most));
    latencies.forEach(
        (name, latency) -> {
          List<double[]> points = new ArrayList<>();
          for (double percentile : PERCENTILES) {
            points.add(new double[] {beyond(percentile), latency.millis(percentile)});
          }
          plot.line(name, points);
        });
    return plot.svg();
  }

  /** One in how many requests is slower. So the last percents get as much room as all others. */
  private static double beyond(double percentile) {
    return 100 / (100 - percentile);
  }

  /** Responses per second, second by second; an empty text if no result has a distribution. */
  static String throughput(List<Result> results) {
    Map<String, Latency> latencies = latencies(results);
    if (latencies.isEmpty()) {
      return "";
    }
    int seconds = latencies.values().stream().mapToInt(it -> it.perSecond().size()).max().orElse(1);
    IntSummaryStatistics counts =
        latencies.values().stream()
            .flatMap(it -> it.perSecond().stream())
            .mapToInt(it -> Math.max(1, it))
            .summaryStatistics();
    Plot plot =
        new Plot(
            "Answers under load",
            Axis.linear("second", seconds),
            Axis.logarithmic("answers/s", counts.getMin(), counts.getMax()));
    latencies.forEach(
        (name, latency) -> {
          List<double[]> points = new ArrayList<>();
          for (int second = 0; second < latency.perSecond().size(); second++) {
            points.add(new double[] {second, Math.max(1, latency.perSecond().get(second))});
          }
          plot.line(name, points);
        });
    return plot.svg();
  }

  /**
   * The values of this run divided by those of the baseline, with their noise; an empty text if
   * nothing can be compared.
   */
  static String comparison(List<Result> results) {
    List<Result> compared = new ArrayList<>();
    for (Result result : results) {
      Comparison comparison = result.comparison();
      if (comparison != null && comparison.before() > 0) {
        compared.add(result);
      }
    }
    if (compared.isEmpty()) {
      return "";
    }
    StringBuilder svg = new StringBuilder();
    int height = ROW * compared.size() + 2 * ROW;
    svg.append("<svg class=\"compared\" viewBox=\"0 0 720 %d\" role=\"img\">%n".formatted(height));
    svg.append("<title>Now, to the baseline</title>\n");
    for (double factor : new double[] {0.5, 0.75, 1, 1.5, 2}) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%1$.1f\" y1=\"%2$d\" x2=\"%1$.1f\" y2=\"%3$d\"/>"
                  + "<text x=\"%1$.1f\" y=\"12\" text-anchor=\"middle\">%4$s</text>%n",
              at(factor),
              ROW,
              height,
              Figures.text(factor)));
    }
    for (int i = 0; i < compared.size(); i++) {
      svg.append(row(compared.get(i), ROW * (i + 2)));
    }
    return svg.append("</svg>\n").toString();
  }

  private static String row(Result result, int y) {
    Comparison comparison = Objects.requireNonNull(result.comparison());
    double factor = result.measurement().value() / comparison.before();
    double noise = comparison.noise() / comparison.before();
    return String.format(
        Locale.ROOT,
        "<text x=\"230\" y=\"%1$d\" text-anchor=\"end\">%2$s</text>"
            + "<line class=\"noise\" x1=\"%3$.1f\" y1=\"%4$d\" x2=\"%5$.1f\" y2=\"%4$d\"/>"
            + "<circle class=\"%6$s\" cx=\"%7$.1f\" cy=\"%4$d\" r=\"4\"/>%n",
        y,
        Html.escape(result.target().id()),
        at(1 - noise),
        y - 4,
        at(1 + noise),
        comparison.verdict(),
        at(factor));
  }

  /** The x of a factor between a half and two. */
  private static double at(double factor) {
    double octaves = Math.log(Math.min(2, Math.max(0.5, factor))) / Math.log(2);
    return 475 + 225 * octaves;
  }

  private static Map<String, Latency> latencies(List<Result> results) {
    Map<String, Latency> latencies = new LinkedHashMap<>();
    for (Result result : results) {
      Latency latency = result.measurement().latency();
      if (latency != null) {
        latencies.put(result.target().id().replaceFirst("-p[0-9]+$", ""), latency);
      }
    }
    return latencies;
  }
}
