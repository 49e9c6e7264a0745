package io.refdata.persistence.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.persistence.performance.PerformanceRun.AskedBy;
import io.refdata.persistence.performance.PerformanceRun.State;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PerformanceRunTest {
  private static final Target SOON =
      new Target(
          "soon",
          "queries",
          "<b>",
          "load",
          "p95",
          Target.Unit.MILLISECONDS,
          Target.Better.LESS,
          10,
          100,
          100,
          "times");

  @Test
  void aFigureIsJudgedByItsTarget() {
    assertThat(PerformanceResult.of(SOON, 10.0, "").verdict()).isEqualTo(Verdict.PASS);
    assertThat(PerformanceResult.of(SOON, 11.0, "").verdict()).isEqualTo(Verdict.WARNING);
    assertThat(PerformanceResult.of(SOON, 101.0, "").verdict()).isEqualTo(Verdict.CRITICAL);
    assertThat(PerformanceResult.of(SOON, null, "none").verdict()).isEqualTo(Verdict.NO_DATA);
    assertThat(PerformanceResult.failed(SOON, "503").verdict()).isEqualTo(Verdict.CRITICAL);
    Target release = Targets.ofRelease().all().iterator().next();
    assertThatThrownBy(() -> PerformanceResult.of(release, 1.0, ""))
        .hasMessageContaining("target of releases");
  }

  @Test
  void theWorstVerdictCounts() {
    assertThat(Verdict.NO_DATA.or(Verdict.PASS)).isEqualTo(Verdict.PASS);
    assertThat(Verdict.CRITICAL.or(Verdict.WARNING)).isEqualTo(Verdict.CRITICAL);
  }

  @Test
  void thePageShowsTheResultsAndRunsNothingOfThem() {
    PerformanceRun run =
        new PerformanceRun(
            new UUID(0, 1),
            State.ENDED,
            AskedBy.CALL,
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(1),
            List.of("times"),
            2,
            2,
            Verdict.CRITICAL);
    String page =
        run.page(
            List.of(
                PerformanceResult.of(SOON, 120.0, "<script>alert(1)</script>"),
                PerformanceResult.failed(SOON, "no answer")));
    assertThat(page)
        .contains("<h1>The running system: CRITICAL</h1>", "&lt;b&gt;", "&lt;script&gt;", "120 ms")
        .contains("0 NO_DATA, 0 PASS, 0 WARNING, 2 CRITICAL")
        .doesNotContain("<script", "<b>");
  }
}
