package io.refdata.perf.gate;

import io.refdata.persistence.performance.Figures;
import io.refdata.persistence.performance.Verdict;

/** Prints a run on one screen: all results that do not pass, then the numbers of each verdict. */
final class Summary {
  private final Outcome outcome;

  Summary(Outcome outcome) {
    this.outcome = outcome;
  }

  String text() {
    StringBuilder text = new StringBuilder("\n== Release gate ==\n");
    for (Result result : outcome.results()) {
      if (result.verdict() != Verdict.PASS) {
        text.append(result.text(outcome.isSmall())).append('\n');
      }
    }
    outcome
        .unmeasured()
        .forEach(
            (id, why) ->
                text.append("not measured ").append(id).append(": ").append(why).append('\n'));
    for (Claim claim : outcome.claims()) {
      text.append(
          "%s %s, %s: claimed %s %s, here %s %s%n"
              .formatted(
                  claim.isHeld() ? "held   " : "behind ",
                  claim.system(),
                  claim.what(),
                  Figures.text(claim.claimed()),
                  claim.unit(),
                  Figures.text(claim.measured()),
                  claim.unit()));
    }
    return text.append(
            "%d pass, %d warnings, %d critical, %d not measured; scale %s, %s%n"
                .formatted(
                    outcome.count(Verdict.PASS),
                    outcome.count(Verdict.WARNING),
                    outcome.count(Verdict.CRITICAL),
                    outcome.unmeasured().size(),
                    Scale.factor(),
                    outcome.baseline() == null
                        ? "compared with no baseline"
                        : "compared with " + outcome.baseline()))
        .toString();
  }
}
