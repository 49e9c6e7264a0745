package io.refdata.perf.claims;

import java.util.Locale;

/** How two sides compare, and how a figure is written. */
final class Figures {
  private Figures() {}

  /** By how many percent the platform's figure is less; below 0 if it is more. */
  static double percentLess(double platform, double other) {
    return 100 * (1 - platform / other);
  }

  /** By how many percent the platform's figure is more; below 0 if it is less. */
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
