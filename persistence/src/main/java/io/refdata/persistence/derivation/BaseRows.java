package io.refdata.persistence.derivation;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Standing;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.settings.Setting;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Observations that are given on as soon as the value of a base period of their series is known.
 */
@SuppressWarnings("ReferenceEquality") // the same object in each row of a series
final class BaseRows extends HeldStage {
  private static final int MOST_HELD = (int) Setting.DERIVATION_HELD.number();

  private final Frequency frequency;
  private final long basePeriod;
  private @Nullable Series series;
  private boolean passed;
  private double base = Double.NaN;
  private Standing baseStanding = Standing.WHOLE;

  BaseRows(ObservationRows rows, Frequency frequency, long basePeriod) {
    super(rows);
    this.frequency = frequency;
    this.basePeriod = basePeriod;
  }

  /** The value of the base period in the series of the current row; {@code NaN} without any. */
  double base() {
    return base;
  }

  /** The standing of that value. */
  Standing baseStanding() {
    return baseStanding;
  }

  @Override
  boolean readAhead(HeldRows held) throws SQLException, IOException {
    Series of = rows.series();
    if (of != series) {
      series = of;
      passed = false;
      base = Double.NaN;
      baseStanding = Standing.WHOLE;
    }
    do {
      if (held.size() == MOST_HELD) {
        throw new UnansweredQuestion(
            "transform",
            "has a base period that comes after more than %,d observations of series %s; ask from a later period on"
                .formatted(MOST_HELD, of.key()));
      }
      long period = frequency.number(Instant.EPOCH.plus(rows.micros(), ChronoUnit.MICROS));
      if (period == basePeriod) {
        base = rows.value();
        baseStanding = standing(rows);
      }
      passed = passed || period >= basePeriod;
      held.add(rows);
      if (!rows.next()) {
        return false;
      }
    } while (!passed && rows.series() == of);
    return true;
  }
}
