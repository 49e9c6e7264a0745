package io.refdata.api.signal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The origin of the results of a signal. */
interface SignalOrigin {
  /** The form of the results. */
  SignalForm form();

  /**
   * The first period of which results may change; null for all. Those before stay as they are, and
   * are not read.
   */
  @Nullable Instant from();

  /**
   * The results that are to be there from then on: those that are worked out, and those that stay.
   * A recorded result that is not among them becomes missing.
   *
   * @param recorded what is there
   * @param keptFrom where what retention has left of a dataset begins, by its id
   */
  Map<Place, Result> results(Map<Place, Result> recorded, Map<Integer, Instant> keptFrom);

  /**
   * Where a result stands.
   *
   * @param unit the codes of the series, without that of the result
   * @param code that of the result
   * @param time the start of the period
   */
  record Place(List<String> unit, String code, Instant time) {}

  /** A value; {@code NaN} if it is missing. */
  record Result(double value, String status) {
    boolean isMissing() {
      return Double.isNaN(value);
    }

    /** Two that are missing are the same, and 0 is -0, as in the database. */
    boolean isAs(@Nullable Result other) {
      return other != null
          && (value == other.value || (isMissing() && other.isMissing()))
          && status.equals(other.status);
    }
  }
}
