package io.refdata.persistence.performance;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** An HTML page that needs no other files and has no script, with tables of targets. */
public final class ReportPage {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>TITLE</title>
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
        .NO_DATA, small { opacity: .75; }
        @media print { body { max-width: none; margin: 0; } tr { break-inside: avoid; } }
      </style>
      </head>
      <body>
      """;

  /**
   * The source of its styles for a {@code Content-Security-Policy}: their hash, so that no other
   * styles are allowed.
   */
  public static final String STYLE_SOURCE = styleSource();

  private final StringBuilder page;

  /** Begins a page. */
  public ReportPage(String title) {
    String text = Html.escape(title);
    page = new StringBuilder(HEAD.replace("TITLE", text));
    page.append("<h1>").append(text).append("</h1>\n");
  }

  private static String styleSource() {
    String styles = HEAD.substring(HEAD.indexOf("<style>") + 7, HEAD.indexOf("</style>"));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(styles.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the page. */
  public String end() {
    return page.append("</body>\n</html>\n").toString();
  }

  public void paragraph(String text) {
    page.append("<p>").append(Html.escape(text)).append("</p>\n");
  }

  public void heading(String text) {
    page.append("<h2>").append(Html.escape(text)).append("</h2>\n");
  }

  /** A heading and the lines below it; nothing if there are no lines. */
  public void list(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      heading(title);
      page.append("<ul>\n");
      lines.forEach(line -> page.append("<li>").append(Html.escape(line)).append("</li>\n"));
      page.append("</ul>\n");
    }
  }

  /** Adds what is HTML already. */
  public void html(String html) {
    page.append(html);
  }

  /** Begins a table. */
  public void head(String... columns) {
    page.append("<div class=\"wide\"><table>\n<thead><tr>");
    for (String column : columns) {
      page.append("<th>").append(Html.escape(column)).append("</th>");
    }
    page.append("</tr></thead>\n<tbody>\n");
  }

  /** Ends a table. */
  public void foot() {
    page.append("</tbody></table></div>\n");
  }

  public void beginRow() {
    page.append("<tr>");
  }

  public void endRow() {
    page.append("</tr>\n");
  }

  public void cell(String text) {
    page.append("<td>").append(Html.escape(text)).append("</td>");
  }

  public void number(String text) {
    page.append("<td class=\"number\">").append(Html.escape(text)).append("</td>");
  }

  /** A cell with a word that has a colour of its own. */
  public void coloured(String word) {
    page.append("<td class=\"%1$s\">%1$s</td>".formatted(word));
  }

  /**
   * A table for each category.
   *
   * @param rows in the order of the categories
   * @param small whether the bounds of small runs hold
   * @param explanation the title of the last column
   */
  public void targets(List<TargetRow> rows, boolean small, String explanation) {
    String category = "";
    for (TargetRow row : rows) {
      if (!row.target().category().equals(category)) {
        if (!category.isEmpty()) {
          foot();
        }
        category = row.target().category();
        heading(category);
        head(
            "",
            "target",
            "what, and under which load",
            "measured",
            "passes at",
            "critical beyond",
            "turns",
            explanation);
      }
      target(row, small);
    }
    if (!category.isEmpty()) {
      foot();
    }
  }

  private void target(TargetRow row, boolean small) {
    Target target = row.target();
    beginRow();
    coloured(row.verdict().name());
    cell(target.id());
    page.append(
        "<td>%s<br><small>%s; %s</small></td>"
            .formatted(
                Html.escape(target.what()),
                Html.escape(target.measure()),
                Html.escape(target.load())));
    number(row.value());
    number(target.unit().text(target.pass()));
    number(target.unit().text(target.bound(small)));
    page.append("<td>").append(turns(row, small)).append("</td>");
    cell(row.explanation());
    endRow();
  }

  /** Draws each turn as a dot, on an axis from a quarter of the pass bound to four times it. */
  private static String turns(TargetRow row, boolean small) {
    Target target = row.target();
    StringBuilder svg =
        new StringBuilder("<svg class=\"turns\" viewBox=\"0 0 160 18\" role=\"img\">");
    svg.append("<line x1=\"0\" y1=\"9\" x2=\"160\" y2=\"9\"/>");
    bar(svg, "target", position(target.pass(), target));
    bar(svg, "bound", position(target.bound(small), target));
    for (double sample : row.samples()) {
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
}
