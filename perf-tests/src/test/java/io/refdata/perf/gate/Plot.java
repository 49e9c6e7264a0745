package io.refdata.perf.gate;

import io.refdata.persistence.performance.Figures;
import io.refdata.persistence.performance.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws lines over two axes, as SVG that is readable on a light and a dark background. */
final class Plot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 360;
  private static final int LEFT = 64;
  private static final int RIGHT = 150;
  private static final int TOP = 36;
  private static final int BOTTOM = 48;
  private static final int COLOURS = 8;

  private static final String STYLE =
      """
      <style>
        .plot { --c0: #2563a8; --c1: #b4450c; --c2: #2f7d3b; --c3: #8b3aa8; --c4: #00757c; --c5: #a02848;
          --c6: #6b6400; --c7: #555; --ink: #222; --faint: #ddd; --ground: #fff;
          font: 12px system-ui, sans-serif; }
        @media (prefers-color-scheme: dark) {
          .plot { --c0: #79b4f2; --c1: #f5a36b; --c2: #7fd08c; --c3: #d59af0; --c4: #5fd3da; --c5: #f28aa6;
            --c6: #d6cc4e; --c7: #bbb; --ink: #ddd; --faint: #444; --ground: #161819; }
        }
        .plot .ground { fill: var(--ground); } .plot text { fill: var(--ink); }
        .plot .grid { stroke: var(--faint); } .plot polyline { fill: none; stroke-width: 2; }
      </style>
      """;

  private final String title;
  private final Axis x;
  private final Axis y;
  private final List<Line> lines = new ArrayList<>();

  /** A mark on an axis. */
  record Tick(double at, String text) {}

  /**
   * An axis.
   *
   * @param logarithmic whether equal steps are equal factors; then all values are above zero
   */
  record Axis(String label, double least, double most, boolean logarithmic, List<Tick> ticks) {
    /** The position of a value, from 0 to 1. */
    double position(double value) {
      double within = Math.min(Math.max(value, least), most);
      return logarithmic
          ? Math.log(within / least) / Math.log(most / least)
          : (within - least) / (most - least);
    }

    /**
     * An axis with marks at 1, 2 and 5 times each power of ten, from the power below the least
     * value to the power above the greatest.
     */
    static Axis logarithmic(String label, double least, double most) {
      double from = Math.pow(10, Math.floor(Math.log10(least)));
      double to = Math.pow(10, Math.ceil(Math.log10(most)));
      List<Tick> ticks = new ArrayList<>();
      for (double power = from; power <= to * 1.001; power *= 10) {
        for (int factor : new int[] {1, 2, 5}) {
          if (power * factor <= to * 1.001) {
            ticks.add(new Tick(power * factor, Figures.text(power * factor)));
          }
        }
      }
      return new Axis(label, from, to, true, ticks);
    }

    /** An axis from zero, with about five marks. */
    static Axis linear(String label, double most) {
      double step = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1e-9))));
      while (most / step < 4) {
        step /= 2;
      }
      double to = Math.max(1, Math.ceil(most / step)) * step;
      List<Tick> ticks = new ArrayList<>();
      for (double at = 0; at <= to * 1.001; at += step) {
        ticks.add(new Tick(at, Figures.text(at)));
      }
      return new Axis(label, 0, to, false, ticks);
    }
  }

  private record Line(String name, List<double[]> points) {}

  Plot(String title, Axis x, Axis y) {
    this.title = title;
    this.x = x;
    this.y = y;
  }

  /**
   * Adds a line.
   *
   * @param points the points, each an x and a y
   */
  void line(String name, List<double[]> points) {
    lines.add(new Line(name, points));
  }

  /** A complete SVG image, for a page or a file. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg class=\"plot\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n"
            .formatted(WIDTH, HEIGHT));
    svg.append("<title>").append(Html.escape(title)).append("</title>\n").append(STYLE);
    svg.append("<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n");
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, 20, "middle", title);
    for (Tick tick : x.ticks()) {
      double at = xOf(tick.at());
      grid(svg, at, TOP, at, HEIGHT - BOTTOM);
      text(svg, at, HEIGHT - BOTTOM + 16, "middle", tick.text());
    }
    for (Tick tick : y.ticks()) {
      double at = yOf(tick.at());
      grid(svg, LEFT, at, WIDTH - RIGHT, at);
      text(svg, LEFT - 6, at + 4, "end", tick.text());
    }
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", x.label());
    text(svg, 4, 20, "start", y.label());
    for (int i = 0; i < lines.size(); i++) {
      draw(svg, i);
    }
    return svg.append("</svg>\n").toString();
  }

  private void draw(StringBuilder svg, int number) {
    Line line = lines.get(number);
    String colour = "var(--c" + number % COLOURS + ")";
    svg.append("<polyline style=\"stroke: ").append(colour).append("\" points=\"");
    for (double[] point : line.points()) {
      svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", xOf(point[0]), yOf(point[1])));
    }
    svg.append("\"/>\n");
    double at = TOP + 10 + 18.0 * number;
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%.1f\" width=\"12\" height=\"4\" style=\"fill: %s\"/>%n",
            WIDTH - RIGHT + 10,
            at - 6,
            colour));
    text(svg, WIDTH - RIGHT + 28, at, "start", line.name());
  }

  private double xOf(double value) {
    return LEFT + x.position(value) * (WIDTH - LEFT - RIGHT);
  }

  private double yOf(double value) {
    return HEIGHT - BOTTOM - y.position(value) * (HEIGHT - TOP - BOTTOM);
  }

  private static void grid(StringBuilder svg, double x1, double y1, double x2, double y2) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
            x1,
            y1,
            x2,
            y2));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            Html.escape(text)));
  }
}
