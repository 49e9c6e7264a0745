package io.refdata.persistence.performance;

import java.util.Locale;

/** Formats numbers for readers. */
public final class Figures {
  private Figures() {}

  /** About three significant digits: {@code 0.0123}, {@code 1.23}, {@code 12.3}, {@code 12,345}. */
  public static String text(double value) {
    double size = Math.abs(value);
    String format = "%,.0f";
    if (value != Math.rint(value) && size < 100) {
      format = size < 0.1 ? "%.4f" : size < 10 ? "%.2f" : "%.1f";
    }
    return String.format(Locale.ROOT, format, value);
  }
}
