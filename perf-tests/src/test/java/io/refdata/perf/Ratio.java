package io.refdata.perf;

import io.refdata.perf.gate.Measurement;
import io.refdata.perf.gate.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two sides that are measured in turns. The median of their ratios counts. */
final class Ratio {
  static final int TURNS = Scale.turns();

  private final String id;
  private final String unit;
  private final List<Double> platform = new ArrayList<>();
  private final List<Double> other = new ArrayList<>();
  private final List<Double> ratios = new ArrayList<>();

  /**
   * @param id the target
   * @param unit the unit of both sides
   */
  Ratio(String id, String unit) {
    this.id = id;
    this.unit = unit;
  }

  /** Adds a turn; its ratio is the platform's side divided by the other. */
  void add(double platform, double other) {
    add(platform, other, platform / other);
  }

  /** Adds a turn whose sides are rates. Its ratio is how many times as long the platform takes. */
  void addRates(double platform, double other) {
    add(platform, other, other / platform);
  }

  private void add(double platform, double other, double ratio) {
    this.platform.add(platform);
    this.other.add(other);
    ratios.add(ratio);
  }

  Measurement measurement() {
    return new Measurement(id, ratios, side(platform), side(other), null);
  }

  private String side(List<Double> side) {
    double value = Measurement.median(side);
    return String.format(Locale.ROOT, value < 100 ? "%.2f %s" : "%,.0f %s", value, unit);
  }
}
