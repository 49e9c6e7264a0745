package io.refdata.perf.gate;

import java.util.List;
import java.util.Locale;

/** Writes a run as one HTML page that needs no other files. */
final class HtmlReport {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Release gate</title>
      <style>
        :root { color-scheme: light dark; --ink: #222; --ground: #fff; --faint: #ddd; --soft: #f5f5f3;
          --pass: #1c6b34; --warning: #8a5a00; --critical: #b3151f; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #ddd; --ground: #161819; --faint: #444; --soft: #202324;
            --pass: #7fd08c; --warning: #efc05c; --critical: #ff8a8a; }
        }
        body { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--ground);
          max-width: 78rem; margin: 2rem auto; padding: 0 1rem; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: 13px; }
        th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--faint); vertical-align: top; }
        thead th { background: var(--soft); }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .PASS, .held { color: var(--pass); } .WARNING, .behind { color: var(--warning); }
        .CRITICAL { color: var(--critical); font-weight: 600; }
        .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1rem; }
        svg.turns { width: 160px; height: 18px; }
        svg.turns line { stroke: var(--faint); } svg.turns .bound { stroke: var(--critical); stroke-width: 2; }
        svg.turns .target { stroke: var(--pass); stroke-width: 2; } svg.turns circle { fill: var(--ink); opacity: .55; }
        svg.compared { max-width: 60rem; font-size: 12px; } svg.compared text { fill: var(--ink); }
        svg.compared line { stroke: var(--faint); } svg.compared .noise { stroke: var(--ink); stroke-width: 5; opacity: .3; }
        circle.PASS { fill: var(--pass); } circle.WARNING { fill: var(--warning); } circle.CRITICAL { fill: var(--critical); }
        small { opacity: .75; }
      </style>
      </head>
      <body>
      """;

  private final Outcome outcome;
  private final StringBuilder page = new StringBuilder(HEAD);

  HtmlReport(Outcome outcome) {
    this.outcome = outcome;
  }

  String page() {
    JsonReport told = JsonReport.of(outcome);
    page.append("<h1>Release gate: ")
        .append(told.failures().isEmpty() ? "passed" : "failed")
        .append("</h1>\n");
    paragraph(
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
    paragraph(
        "%d pass, %d warnings, %d critical, %d not measured."
            .formatted(
                outcome.count(Verdict.PASS),
                outcome.count(Verdict.WARNING),
                outcome.count(Verdict.CRITICAL),
                told.unmeasured().size()));
    list("Why it fails", told.failures());
    list(
        "Not measured, and forgiven in a small run",
        outcome.forgiven().entrySet().stream()
            .map(missing -> missing.getKey() + ": " + missing.getValue())
            .toList());
    plots();
    targets();
    comparison();
    claims();
    return page.append("</body>\n</html>\n").toString();
  }

  private void paragraph(String text) {
    page.append("<p>").append(Html.escape(text)).append("</p>\n");
  }

  private void heading(String text) {
    page.append("<h2>").append(Html.escape(text)).append("</h2>\n");
  }

  private void list(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      heading(title);
      page.append("<ul>\n");
      lines.forEach(line -> page.append("<li>").append(Html.escape(line)).append("</li>\n"));
      page.append("</ul>\n");
    }
  }

  private void plots() {
    page.append("<div class=\"plots\">\n")
        .append(Plots.latency(outcome.results()))
        .append(Plots.throughput(outcome.results()))
        .append("</div>\n");
  }

  private void head(String... columns) {
    page.append("<div class=\"wide\"><table>\n<thead><tr>");
    for (String column : columns) {
      page.append("<th>").append(Html.escape(column)).append("</th>");
    }
    page.append("</tr></thead>\n<tbody>\n");
  }

  private void foot() {
    page.append("</tbody></table></div>\n");
  }

  private void cell(String text) {
    page.append("<td>").append(Html.escape(text)).append("</td>");
  }

  private void number(String text) {
    page.append("<td class=\"number\">").append(Html.escape(text)).append("</td>");
  }

  private void coloured(String kind) {
    page.append("<td class=\"%1$s\">%1$s</td>".formatted(kind));
  }

  private void targets() {
    String category = "";
    for (Result result : outcome.results()) {
      if (!result.target().category().equals(category)) {
        if (!category.isEmpty()) {
          foot();
        }
        category = result.target().category();
        heading(category);
        head(
            "",
            "target",
            "what, and under which load",
            "measured",
            "passes at",
            "critical beyond",
            "turns",
            "the two sides");
      }
      row(result);
    }
    if (!category.isEmpty()) {
      foot();
    }
  }

  private void row(Result result) {
    Target target = result.target();
    Measurement measurement = result.measurement();
    page.append("<tr>");
    coloured(result.verdict().name());
    cell(target.id());
    page.append(
        "<td>%s<br><small>%s; %s</small></td>"
            .formatted(
                Html.escape(target.what()),
                Html.escape(target.measure()),
                Html.escape(target.load())));
    number(result.value());
    number(target.unit().text(target.pass()));
    number(target.unit().text(target.bound(outcome.isSmall())));
    page.append("<td>").append(turns(result)).append("</td>");
    Latency latency = measurement.latency();
    cell(
        latency == null
            ? sides(measurement)
            : String.format(
                Locale.ROOT,
                "p50 %.2f, p95 %.2f, p99 %.2f, p99.9 %.2f ms of %,d",
                latency.millis(50),
                latency.millis(95),
                latency.millis(99),
                latency.millis(99.9),
                latency.nanos().getTotalCount()));
    page.append("</tr>\n");
  }

  private static String sides(Measurement measurement) {
    return measurement.other().isEmpty()
        ? measurement.platform()
        : measurement.platform() + " to " + measurement.other();
  }

  /** Draws each turn as a dot, on an axis from a quarter of the pass bound to four times it. */
  private String turns(Result result) {
    Target target = result.target();
    StringBuilder svg =
        new StringBuilder("<svg class=\"turns\" viewBox=\"0 0 160 18\" role=\"img\">");
    svg.append("<line x1=\"0\" y1=\"9\" x2=\"160\" y2=\"9\"/>");
    bar(svg, "target", position(target.pass(), target));
    bar(svg, "bound", position(target.bound(outcome.isSmall()), target));
    for (double sample : result.measurement().samples()) {
      svg.append(
          String.format(
              Locale.ROOT, "<circle cx=\"%.1f\" cy=\"9\" r=\"3.5\"/>", position(sample, target)));
    }
    return svg.append("</svg>").toString();
  }

  private static void bar(StringBuilder svg, String kind, double at) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" x1=\"%2$.1f\" y1=\"1\" x2=\"%2$.1f\" y2=\"17\"/>",
            kind,
            at));
  }

  private static double position(double value, Target target) {
    double factor = value <= 0 || target.pass() <= 0 ? 0.25 : value / target.pass();
    double octaves = Math.log(Math.min(4, Math.max(0.25, factor))) / Math.log(2);
    return 80 + 37 * octaves;
  }

  private void comparison() {
    if (outcome.baseline() == null) {
      return;
    }
    heading("Compared with " + outcome.baseline());
    paragraph(
        "Worse by more than the noise, the greater of both runs, is a warning, by more than twice"
            + " that critical.");
    page.append(Plots.comparison(outcome.results()));
    head("", "target", "before", "now", "noise");
    for (Result result : outcome.results()) {
      Comparison comparison = result.comparison();
      if (comparison != null) {
        page.append("<tr>");
        coloured(comparison.verdict().name());
        cell(result.target().id());
        number(Figures.text(comparison.before()));
        number(result.value());
        number(Figures.text(comparison.noise()));
        page.append("</tr>\n");
      }
    }
    foot();
  }

  private void claims() {
    if (outcome.claims().isEmpty()) {
      return;
    }
    heading("What others claimed, measured here");
    head("", "system", "claim", "claimed", "measured", "the platform", "the other side", "how");
    for (Claim claim : outcome.claims()) {
      page.append("<tr>");
      coloured(claim.isHeld() ? "held" : "behind");
      cell(claim.system());
      cell(claim.what());
      number(Figures.text(claim.claimed()) + " " + claim.unit());
      number(Figures.text(claim.measured()) + " " + claim.unit());
      cell(claim.platform());
      cell(claim.other());
      cell(claim.how());
      page.append("</tr>\n");
    }
    foot();
  }
}
