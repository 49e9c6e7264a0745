package io.refdata.perf.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.persistence.performance.Target;
import io.refdata.persistence.performance.Targets;
import io.refdata.persistence.performance.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeTest {
  private static final Targets TARGETS =
      new Targets(
          List.of(
              target("speed", Target.Unit.RATIO, Target.Better.MORE, 0.7, 0.5),
              target("soon-p99", Target.Unit.MILLISECONDS, Target.Better.LESS, 10, 100)));

  @TempDir private Path directory;

  @SuppressWarnings("NullAway.Init")
  OutcomeTest() {}

  private static Target target(
      String id, Target.Unit unit, Target.Better better, double pass, double critical) {
    return new Target(
        id, "reads", "<what>", "load", "measure", unit, better, pass, critical, critical, null);
  }

  private static Measurement speed(double... turns) {
    return Measurement.of("speed", DoubleStream.of(turns));
  }

  private static Measurement soon(double... turns) {
    Histogram nanos = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    for (double millis : turns) {
      nanos.recordValue((long) (millis * 1e6));
    }
    List<Double> samples = DoubleStream.of(turns).boxed().toList();
    return new Measurement("soon-p99", samples, "", "", new Latency(nanos, List.of(3, 4, 5)));
  }

  private static Outcome outcome(Measurement... measurements) {
    Outcome outcome = new Outcome(TARGETS, false, null);
    for (Measurement measurement : measurements) {
      outcome.add(measurement);
    }
    return outcome;
  }

  private Outcome against(Outcome before, Measurement... measurements) throws Exception {
    Path page = new Report(before).write(directory.resolve("before"));
    Baseline baseline = Baseline.read(page.resolveSibling("report.json"), Scale.factor());
    Outcome outcome = new Outcome(TARGETS, false, baseline);
    for (Measurement measurement : measurements) {
      outcome.add(measurement);
    }
    return outcome;
  }

  @Test
  void theMedianOfTheTurnsCounts() {
    assertThat(outcome(speed(0.1, 0.8, 0.9), soon(1)).failures()).isEmpty();
    assertThat(outcome(speed(0.1, 0.4, 0.9), soon(1)).failures())
        .singleElement()
        .asString()
        .startsWith("CRITICAL speed: 0.40");
  }

  @Test
  void aTargetWithoutMeasurementFails() {
    assertThat(outcome(soon(1)).failures())
        .containsExactly("not measured: speed, nothing measured it");
    assertThat(outcome(speed(1), soon(1), Measurement.of("other", DoubleStream.of(1))).failures())
        .containsExactly("measured without a target: other");
    assertThatThrownBy(() -> outcome(speed(1), speed(1))).hasMessageContaining("twice");
  }

  @Test
  void onlyASmallRunPassesWithoutMeasurableTargets() {
    for (boolean small : new boolean[] {true, false}) {
      Outcome outcome = new Outcome(TARGETS, small, null);
      outcome.add(soon(1));
      outcome.cannotMeasure("speed", "no tool");
      assertThat(outcome.failures().isEmpty()).isEqualTo(small);
    }
  }

  @Test
  void aBaselineWarnsBeyondTheNoiseAndFailsBeyondTwiceIt() throws Exception {
    Outcome before = outcome(speed(1.15, 1.2, 1.25), soon(1, 2));
    assertThat(against(before, speed(1.16, 1.16, 1.16), soon(1, 2)).count(Verdict.PASS))
        .isEqualTo(2);
    assertThat(against(before, speed(1.12, 1.12, 1.12)).count(Verdict.WARNING)).isEqualTo(1);
    assertThat(against(before, speed(1.05, 1.05, 1.05)).count(Verdict.CRITICAL)).isEqualTo(1);
    assertThat(against(before, speed(1.4, 1.4, 1.4)).count(Verdict.PASS)).isEqualTo(1);
  }

  @Test
  void aBaselineSaysNothingOfMillisecondsNorOfASingleTurn() throws Exception {
    Outcome before = outcome(speed(1.2), soon(1, 1, 1));
    assertThat(against(before, speed(0.9, 0.9, 0.9), soon(9, 9, 9)).count(Verdict.PASS))
        .isEqualTo(2);
  }

  @Test
  void aBaselineOfAnotherScaleIsRefused() throws Exception {
    Path page = new Report(outcome(speed(1))).write(directory);
    assertThatThrownBy(() -> Baseline.read(page.resolveSibling("report.json"), 2 * Scale.factor()))
        .hasMessageContaining("scale");
  }

  @Test
  void theReportHoldsAllThatWasMeasured() throws Exception {
    Outcome outcome = against(outcome(speed(0.5, 0.6, 0.7)), speed(0.9, 0.8, 1), soon(1, 200, 400));
    outcome.add(
        new Claim("c", "a system", "was faster", 70, 60, "%", true, "6 ms", "10 ms", "in turns"));
    Path page = new Report(outcome).write(directory);
    assertThat(page)
        .content()
        .contains("&lt;what&gt;", "behind", "CRITICAL", "Latency under load", "Compared with")
        .doesNotContain("<what>", "http://localhost", "<script", "<link");
    JsonNode json = new JsonMapper().readTree(directory.resolve("report.json").toFile());
    assertThat(json.at("/results/0/value").asDouble()).isEqualTo(0.9);
    assertThat(json.at("/results/0/comparison/before").asDouble()).isEqualTo(0.6);
    assertThat(json.at("/results/1/latency/count").asInt()).isEqualTo(3);
    assertThat(json.at("/claims/0/held").asBoolean(true)).isFalse();
    assertThat(Files.readString(directory.resolve("latency.svg")))
        .startsWith("<svg")
        .contains("soon");
    assertThat(new Summary(outcome).text())
        .contains("behind  a system, was faster: claimed 70 %, here 60 %", "1 pass", "1 critical");
  }
}
