package io.refdata.perf.claims;

import java.util.Locale;

/** Compares two sides, and writes figures as text. */
final class Figures {
  private Figures() {}

  /** The percentage by which the platform's figure is below the other; negative if it is above. */
  static double percentLess(double platform, double other) {
    return 100 * (1 - platform / other);
  }

  /** The percentage by which the platform's figure is above the other; negative if it is below. */
  static double percentMore(double platform, double other) {
    return 100 * (platform / other - 1);
  }

  static String millis(double millis) {
    return format("%.2f ms", millis);
  }

  static String mebibytes(double bytes) {
    return format("%.1f MiB", bytes / (1 << 20));
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
