package io.refdata.domain.comparison;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The errors of forecasts against the actual values, by horizon: the number of periods from the one
 * in which a forecast was made (its origin) to the one that it is for. The error of a forecast is
 * the forecast less the actual value, as in the verification of weather forecasts (Jolliffe and
 * Stephenson, "Forecast Verification", 2nd ed., 2012, chapter 5: mean error, or bias, and mean
 * absolute error); Hyndman and Koehler ("Another look at measures of forecast accuracy",
 * International Journal of Forecasting 22, 2006) take it the other way round, which changes the
 * sign of the bias only.
 */
public final class ForecastErrors {
  private final Map<Long, Horizon> horizons = new TreeMap<>();

  /**
   * The errors of the forecasts of one horizon.
   *
   * @param horizon the periods from the origin to the period of the forecast; 0 for the origin's
   *     own period, below 0 for one before it
   * @param count the forecasts for which the actual value is there
   * @param bias the mean of the errors, in the unit of the values: above 0 if forecasts were too
   *     high
   * @param meanAbsolute the mean of the absolute errors (MAE), in the unit of the values
   * @param meanPercent the mean of the absolute errors in percent of the actual values (MAPE);
   *     {@code NaN} if all of these are 0
   * @param zeros the forecasts that are left out of that mean, since the actual value is 0
   */
  public record Errors(
      long horizon, int count, double bias, double meanAbsolute, double meanPercent, int zeros) {}

  private static final class Horizon {
    private final ExactMean errors = new ExactMean();
    private final ExactMean absolutes = new ExactMean();
    private final ExactMean percents = new ExactMean();

    private void add(double forecast, double actual) {
      double error = forecast - actual;
      errors.add(error);
      absolutes.add(Math.abs(error));
      if (actual != 0) {
        percents.add(Math.abs(error / actual) * 100);
      }
    }

    private Errors errors(long horizon) {
      return new Errors(
          horizon,
          errors.count(),
          errors.mean(),
          absolutes.mean(),
          percents.mean(),
          errors.count() - percents.count());
    }
  }

  /**
   * Adds a forecast and what came. It does not count if one of them is missing.
   *
   * @param origin the number of the period in which the forecast was made
   * @param period the number of the period that it is for
   * @param forecast not finite if it is missing
   * @param actual not finite if it is missing
   */
  public void add(long origin, long period, double forecast, double actual) {
    if (Double.isFinite(forecast - actual)) {
      horizons.computeIfAbsent(period - origin, horizon -> new Horizon()).add(forecast, actual);
    }
  }

  /** The errors by horizon, the shortest first. */
  public List<Errors> byHorizon() {
    return horizons.entrySet().stream()
        .map(entry -> entry.getValue().errors(entry.getKey()))
        .toList();
  }
}
