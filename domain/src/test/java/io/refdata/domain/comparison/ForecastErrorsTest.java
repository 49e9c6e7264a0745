package io.refdata.domain.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.refdata.domain.comparison.ForecastErrors.Errors;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastErrorsTest {
  @Test
  void errorsAreByTheDistanceFromTheOrigin() {
    ForecastErrors errors = new ForecastErrors();
    // Made in 2019 for 2020 and 2021, and in 2020 for 2021.
    errors.add(2019, 2020, 110, 100);
    errors.add(2019, 2021, 130, 200);
    errors.add(2020, 2021, 190, 200);
    assertEquals(
        List.of(
            // 10 and -10; 10 % and 5 %.
            new Errors(1, 2, 0, 10, 7.5, 0), new Errors(2, 1, -70, 70, 35, 0)),
        errors.byHorizon());
  }

  @Test
  void anActualValueOfZeroCountsInAllButThePercents() {
    ForecastErrors errors = new ForecastErrors();
    errors.add(1, 2, 3, 0);
    errors.add(2, 3, 1, 2);
    assertEquals(List.of(new Errors(1, 2, 1, 2, 50, 1)), errors.byHorizon());
  }

  @Test
  void withZerosOnlyThereIsNoPercent() {
    ForecastErrors errors = new ForecastErrors();
    errors.add(1, 2, 3, 0);
    assertTrue(Double.isNaN(errors.byHorizon().get(0).meanPercent()));
  }

  @Test
  void whatHasNotComeYetDoesNotCount() {
    ForecastErrors errors = new ForecastErrors();
    errors.add(1, 2, 3, Double.NaN);
    errors.add(1, 2, Double.NaN, 3);
    assertEquals(List.of(), errors.byHorizon());
  }

  @Test
  void theMeansDoNotDependOnTheOrder() {
    double[] values = {1e16, 1, -1e16, 1};
    ForecastErrors ahead = new ForecastErrors();
    ForecastErrors back = new ForecastErrors();
    for (int i = 0; i < values.length; i++) {
      ahead.add(0, 1, values[i], 0);
      back.add(0, 1, values[values.length - 1 - i], 0);
    }
    assertEquals(0.5, ahead.byHorizon().get(0).bias());
    assertEquals(0.5, back.byHorizon().get(0).bias());
  }
}
