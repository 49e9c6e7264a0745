package io.refdata.perf.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.persistence.performance.Target;
import io.refdata.persistence.performance.Verdict;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as {@code report.json}, which can be the baseline of a later run.
 *
 * @param at when the run ended
 * @param baseline the name of the file that it was compared with; absent without a baseline
 * @param unmeasured ids of targets, and why nothing was measured for them
 * @param failures the reasons why the gate fails; empty if it passes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JsonReport(
    String at,
    double scale,
    int seconds,
    int turns,
    Machine machine,
    @Nullable String baseline,
    List<Figure> results,
    Map<String, String> unmeasured,
    List<String> failures,
    List<ClaimResult> claims) {

  /** The machine of the run. */
  record Machine(int processors, double loadAverage, String java, String system) {
    static Machine here() {
      return new Machine(
          Runtime.getRuntime().availableProcessors(),
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
          System.getProperty("java.vendor.version", System.getProperty("java.version")),
          System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }
  }

  /**
   * A result.
   *
   * @param bound the value beyond which it is critical in this run
   * @param noise half of the distance between the least and the greatest turn
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Figure(
      String id,
      String category,
      Verdict verdict,
      double value,
      double noise,
      List<Double> samples,
      Target.Unit unit,
      Target.Better better,
      double pass,
      double bound,
      String platform,
      String other,
      @Nullable Comparison comparison,
      @Nullable Distribution latency) {}

  /** Milliseconds by percentile, and responses per second. */
  record Distribution(
      long count, double p50, double p95, double p99, double p999, List<Integer> perSecond) {
    static @Nullable Distribution of(@Nullable Latency latency) {
      return latency == null
          ? null
          : new Distribution(
              latency.nanos().getTotalCount(),
              latency.millis(50),
              latency.millis(95),
              latency.millis(99),
              latency.millis(99.9),
              latency.perSecond());
    }
  }

  /** A claim, and whether it is held. */
  record ClaimResult(Claim claim, boolean held) {}

  static JsonReport of(Outcome outcome) {
    return new JsonReport(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        Scale.factor(),
        Scale.seconds(),
        Scale.turns(),
        Machine.here(),
        outcome.baseline(),
        outcome.results().stream().map(result -> figure(result, outcome.isSmall())).toList(),
        outcome.unmeasured(),
        outcome.failures(),
        outcome.claims().stream().map(claim -> new ClaimResult(claim, claim.isHeld())).toList());
  }

  private static Figure figure(Result result, boolean small) {
    Target target = result.target();
    Measurement measurement = result.measurement();
    return new Figure(
        target.id(),
        target.category(),
        result.verdict(),
        measurement.value(),
        measurement.noise(),
        measurement.samples(),
        target.unit(),
        target.better(),
        target.pass(),
        target.bound(small),
        measurement.platform(),
        measurement.other(),
        result.comparison(),
        Distribution.of(measurement.latency()));
  }

  void write(Path file) throws IOException {
    JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValue(file.toFile(), this);
  }
}
