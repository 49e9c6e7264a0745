package io.refdata.persistence.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.refdata.persistence.metrics.duration.Durations;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The metrics of one scrape. Names are those of Prometheus, a counter's without its {@code _total};
 * labels are names and values in turn. The values of one name must have the same label names.
 */
public final class MetricSheet {
  /** The buckets that are shown, of those that are counted: in Prometheus each one is a series. */
  private static final double[] SHOWN = {
    0.0001,
    0.00025,
    0.0005,
    0.001,
    0.0025,
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.25,
    0.5,
    1,
    2.5,
    5,
    10,
    Double.POSITIVE_INFINITY
  };

  private static final int[] SHOWN_BUCKET = shownBuckets();

  private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
  private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();
  private final Map<String, HistogramSnapshot.Builder> histograms = new LinkedHashMap<>();

  private final Map<String, SummarySnapshot.Builder> summaries = new LinkedHashMap<>();

  /** For each bucket that is counted, that in which it is shown. */
  private static int[] shownBuckets() {
    int[] shown = new int[Durations.buckets()];
    int at = 0;
    for (int i = 0; i < shown.length; i++) {
      while (Durations.boundInSeconds(i) > SHOWN[at]) {
        at++;
      }
      shown[i] = at;
    }
    return shown;
  }

  /** Adds a value that rises and falls. */
  public void gauge(String name, String help, double value, String... labels) {
    gauges
        .computeIfAbsent(name, added -> GaugeSnapshot.builder().name(name).help(help))
        .dataPoint(GaugeDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build());
  }

  /** Adds a count that only rises while the server runs. */
  public void counter(String name, String help, double value, String... labels) {
    counters
        .computeIfAbsent(name, added -> CounterSnapshot.builder().name(name).help(help))
        .dataPoint(
            CounterDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build());
  }

  /** Adds durations in seconds; a name ends in {@code _seconds}. */
  public void durations(String name, String help, Durations durations, String... labels) {
    long[] counts = durations.counts();
    long[] shown = new long[SHOWN.length];
    for (int i = 0; i < counts.length; i++) {
      shown[SHOWN_BUCKET[i]] += counts[i];
    }
    histograms
        .computeIfAbsent(name, added -> HistogramSnapshot.builder().name(name).help(help))
        .dataPoint(
            HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(SHOWN, shown))
                .sum(durations.seconds())
                .labels(Labels.of(labels))
                .build());
  }

  /** Adds a number of durations and their sum in seconds; a name ends in {@code _seconds}. */
  public void summary(String name, String help, long count, double seconds, String... labels) {
    summaries
        .computeIfAbsent(name, added -> SummarySnapshot.builder().name(name).help(help))
        .dataPoint(
            SummaryDataPointSnapshot.builder()
                .count(count)
                .sum(seconds)
                .labels(Labels.of(labels))
                .build());
  }

  MetricSnapshots snapshots() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    gauges.values().forEach(gauge -> all.metricSnapshot(gauge.build()));
    counters.values().forEach(counter -> all.metricSnapshot(counter.build()));
    histograms.values().forEach(histogram -> all.metricSnapshot(histogram.build()));
    summaries.values().forEach(summary -> all.metricSnapshot(summary.build()));
    return all.build();
  }
}
