package io.refdata.api.monitoring;

import io.refdata.api.request.Parameters;
import io.refdata.domain.text.Digits;
import org.jspecify.annotations.Nullable;

/** Parameters that several resources of this package have. */
final class MonitoringParameters {
  private static final int MAX_DIGITS = 18;

  private MonitoringParameters() {}

  /** The id of a load; null if it is not given. */
  static @Nullable Long load(Parameters parameters) {
    String text = parameters.one("load").orElse(null);
    if (text == null) {
      return null;
    }
    if (!Digits.are(text, MAX_DIGITS)) {
      parameters.fault("load", "must be the number of a load");
      return null;
    }
    return Long.valueOf(text);
  }
}
