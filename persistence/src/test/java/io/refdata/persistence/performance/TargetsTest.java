package io.refdata.persistence.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static final String SAID =
      "what: a, load: b, measure: c, unit: ratio, better: more, pass: 0.7, critical: 0.5";

  private static Targets parse(String... targets) throws Exception {
    return Targets.parse("reads:\n  " + String.join("\n  ", targets) + "\n");
  }

  @Test
  void theTargetsOfTheReleaseAreWellFormed() {
    assertThat(Targets.ofRelease().all())
        .hasSizeGreaterThan(50)
        .allMatch(target -> target.test() == null);
  }

  @Test
  void theRunningSystemHasEightTestsInSixCategories() {
    Targets targets = Targets.ofRunningSystem();
    assertThat(targets.tests()).hasSize(8);
    assertThat(targets.all().stream().map(Target::category).distinct()).hasSize(6);
    assertThat(targets.of(List.of("query-times"))).hasSize(3);
  }

  @Test
  void aTargetOfTheRunningSystemHasATestAndNoBoundForSmallRuns() throws Exception {
    Targets targets =
        Targets.parse("running system:\n  reads:\n    soon:\n      x: {" + SAID + "}\n");
    assertThat(targets.all()).singleElement().extracting(Target::test).isEqualTo("soon");
    assertThat(targets.all().iterator().next().judge(0.4, true)).isEqualTo(Verdict.CRITICAL);
  }

  @Test
  void aTargetIsReadWithItsCategory() throws Exception {
    Target expected =
        new Target(
            "x",
            "reads",
            "a",
            "b",
            "c",
            Target.Unit.RATIO,
            Target.Better.MORE,
            0.7,
            0.5,
            0.1,
            null);
    assertThat(List.copyOf(parse("x: {" + SAID + ", small: 0.1}").all())).containsExactly(expected);
  }

  @Test
  void boundsGrowMoreLenient() {
    assertThatThrownBy(() -> parse("x: {" + SAID + ", small: 0.6}")).hasMessageContaining("x: of");
  }

  @Test
  void missingMisspeltAndDuplicateMembersAreRefused() {
    assertThatThrownBy(() -> parse("x: {" + SAID + "}")).isInstanceOf(JsonMappingException.class);
    assertThatThrownBy(() -> parse("x: {" + SAID + ", small: 0.1, crtical: 1}"))
        .hasMessageContaining("crtical");
    assertThatThrownBy(() -> parse("x: {" + SAID + ", small: 0}", "x: {" + SAID + ", small: 0}"))
        .hasMessageContaining("Duplicate");
  }

  @Test
  void theSmallBoundHoldsInsteadOfTheCriticalOne() throws Exception {
    Target target = parse("x: {" + SAID + ", small: 0.1}").all().iterator().next();
    assertThat(target.judge(0.7, false)).isEqualTo(Verdict.PASS);
    assertThat(target.judge(0.5, false)).isEqualTo(Verdict.WARNING);
    assertThat(target.judge(0.49, false)).isEqualTo(Verdict.CRITICAL);
    assertThat(target.judge(0.49, true)).isEqualTo(Verdict.WARNING);
    assertThat(target.judge(0.09, true)).isEqualTo(Verdict.CRITICAL);
  }
}
