package io.refdata.perf.gate;

import io.refdata.persistence.performance.Figures;
import io.refdata.persistence.performance.ReportPage;
import io.refdata.persistence.performance.TargetRow;
import io.refdata.persistence.performance.Verdict;
import java.util.Locale;

/** Writes a run as one HTML page that needs no other files. */
final class HtmlReport {
  private final Outcome outcome;
  private final JsonReport told;
  private final ReportPage page;

  HtmlReport(Outcome outcome) {
    this.outcome = outcome;
    this.told = JsonReport.of(outcome);
    this.page =
        new ReportPage("Release gate: " + (told.failures().isEmpty() ? "passed" : "failed"));
  }

  String page() {
    page.paragraph(
        "%s. Scale %s, %d turns of %d s. %d processors, load average %.1f, Java %s, %s."
            .formatted(
                told.at(),
                told.scale(),
                told.turns(),
                told.seconds(),
                told.machine().processors(),
                told.machine().loadAverage(),
                told.machine().java(),
                told.machine().system()));
    page.paragraph(
        "%d pass, %d warnings, %d critical, %d not measured."
            .formatted(
                outcome.count(Verdict.PASS),
                outcome.count(Verdict.WARNING),
                outcome.count(Verdict.CRITICAL),
                told.unmeasured().size()));
    page.list("Why it fails", told.failures());
    page.list(
        "Not measured, and forgiven in a small run",
        outcome.forgiven().entrySet().stream()
            .map(missing -> missing.getKey() + ": " + missing.getValue())
            .toList());
    plots();
    targets();
    comparison();
    claims();
    return page.end();
  }

  private void plots() {
    page.html("<div class=\"plots\">\n");
    page.html(Plots.latency(outcome.results()));
    page.html(Plots.throughput(outcome.results()));
    page.html("</div>\n");
  }

  private void targets() {
    page.targets(
        outcome.results().stream().map(HtmlReport::row).toList(),
        outcome.isSmall(),
        "the two sides");
  }

  private static TargetRow row(Result result) {
    Measurement measurement = result.measurement();
    Latency latency = measurement.latency();
    return new TargetRow(
        result.target(),
        result.verdict(),
        result.value(),
        measurement.samples(),
        latency == null ? sides(measurement) : text(latency));
  }

  private static String text(Latency latency) {
    return String.format(
        Locale.ROOT,
        "p50 %.2f, p95 %.2f, p99 %.2f, p99.9 %.2f ms of %,d",
        latency.millis(50),
        latency.millis(95),
        latency.millis(99),
        latency.millis(99.9),
        latency.nanos().getTotalCount());
  }

  private static String sides(Measurement measurement) {
    return measurement.other().isEmpty()
        ? measurement.platform()
        : measurement.platform() + " to " + measurement.other();
  }

  private void comparison() {
    if (outcome.baseline() == null) {
      return;
    }
    page.heading("Compared with " + outcome.baseline());
    page.paragraph(
        "Worse by more than the noise, the greater of both runs, is a warning, by more than twice"
            + " that critical.");
    page.html(Plots.comparison(outcome.results()));
    page.head("", "target", "before", "now", "noise");
    for (Result result : outcome.results()) {
      Comparison comparison = result.comparison();
      if (comparison != null) {
        page.beginRow();
        page.coloured(comparison.verdict().name());
        page.cell(result.target().id());
        page.number(Figures.text(comparison.before()));
        page.number(result.value());
        page.number(Figures.text(comparison.noise()));
        page.endRow();
      }
    }
    page.foot();
  }

  private void claims() {
    if (outcome.claims().isEmpty()) {
      return;
    }
    page.heading("What others claimed, measured here");
    page.head(
        "", "system", "claim", "claimed", "measured", "the platform", "the other side", "how");
    for (Claim claim : outcome.claims()) {
      page.beginRow();
      page.coloured(claim.isHeld() ? "held" : "behind");
      page.cell(claim.system());
      page.cell(claim.what());
      page.number(Figures.text(claim.claimed()) + " " + claim.unit());
      page.number(Figures.text(claim.measured()) + " " + claim.unit());
      page.cell(claim.platform());
      page.cell(claim.other());
      page.cell(claim.how());
      page.endRow();
    }
    page.foot();
  }
}
