package io.refdata.api.database;

import io.refdata.api.request.Parameters;
import io.refdata.settings.Setting;
import java.time.DateTimeException;
import java.time.Duration;

/** The span of time that the parameter {@code window} asks for; it ends now. */
final class Window {
  private static final Duration STANDARD = Duration.ofHours(1);

  /** There are no older samples. */
  private static final Duration LONGEST = Setting.STATISTICS_KEPT.time();

  private Window() {}

  /** The value of the parameter, an hour if it is not given. */
  static Duration of(Parameters parameters) {
    String text = parameters.one("window").orElse(null);
    if (text == null) {
      return STANDARD;
    }
    try {
      Duration window = Duration.parse(text);
      if (window.compareTo(Duration.ofSeconds(1)) >= 0 && window.compareTo(LONGEST) <= 0) {
        return window;
      }
    } catch (DateTimeException e) {
      // The same fault as for one out of bounds.
    }
    parameters.fault("window", "must be a duration like PT1H, at most " + LONGEST);
    return STANDARD;
  }
}
