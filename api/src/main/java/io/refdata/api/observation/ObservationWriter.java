package io.refdata.api.observation;

import io.refdata.persistence.dataset.Series;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes observations in one form, series by series. */
interface ObservationWriter {
  /** The observations that follow are of this series. */
  void series(Series series) throws IOException;

  /**
   * @param time the period, as its frequency writes it
   * @param value null if it is missing
   * @param status of SDMX's CL_OBS_STATUS
   * @param action what was done to it, {@code I}, {@code R} or {@code D}; null if it is not asked
   */
  void observation(String time, @Nullable Double value, String status, @Nullable String action)
      throws IOException;

  /**
   * Ends the answer and hands on what is still held back.
   *
   * @param next the cursor to the observations that come after, if there are any
   */
  void end(@Nullable String next) throws IOException;
}
