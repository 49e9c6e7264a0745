package io.refdata.api.observation;

import io.refdata.persistence.dataset.Series;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes observations in one format, series by series. */
interface ObservationWriter {
  /** Begins a series; the next observations belong to it. */
  void series(Series series) throws IOException;

  /**
   * Tells the coverage of the next observation, if the query has one.
   *
   * @param share from 0 to 1
   */
  void coverage(double share) throws IOException;

  /** Tells which members of a region are missing in the next observation, if the query does. */
  void missing(List<String> members) throws IOException;

  /**
   * @param time the period, in the notation of its frequency
   * @param value not finite if it is missing
   * @param status the status, a code of SDMX's CL_OBS_STATUS
   * @param action the change of the observation: {@code I} (inserted), {@code R} (revised) or
   *     {@code D} (deleted); null if the query does not ask for changes
   */
  void observation(String time, double value, String status, @Nullable String action)
      throws IOException;

  /**
   * Ends the response and flushes the buffers.
   *
   * @param next the cursor to the following observations; null if there are none
   */
  void end(@Nullable String next) throws IOException;
}
