package io.refdata.persistence.derivation;

import io.refdata.domain.derivation.Status;
import io.refdata.domain.derivation.UnitConversion;
import io.refdata.domain.unit.Factor;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationRows;
import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Observations in another unit. */
@SuppressWarnings("ReferenceEquality") // the same object in each row of a series
final class ConvertedRows extends Stage {
  private static final long DAY_MICROS = 86_400_000_000L;

  private final String unit;
  private final Function<Series, UnitConversion> conversions;
  private @Nullable Series stored;
  private @Nullable Series series;
  private @Nullable UnitConversion conversion;
  private @Nullable Factor factor;
  private long until;

  /**
   * @param unit the code of the unit
   * @param conversions how the values of each series are converted to it
   */
  ConvertedRows(ObservationRows rows, String unit, Function<Series, UnitConversion> conversions) {
    super(rows);
    this.unit = unit;
    this.conversions = conversions;
  }

  @Override
  public boolean next() throws SQLException, IOException {
    if (!rows.next()) {
      return false;
    }
    Series of = rows.series();
    long day = Math.floorDiv(rows.micros(), DAY_MICROS);
    if (of != stored) {
      stored = of;
      series = of.measuredIn(unit);
      conversion = conversions.apply(of);
      find(conversion, day);
    } else if (day >= until && conversion != null) {
      find(conversion, day);
    }
    return true;
  }

  private void find(UnitConversion of, long day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    LocalDate end = of.until(date);
    factor = of.factor(date);
    until = end == null ? Long.MAX_VALUE : end.toEpochDay();
  }

  @Override
  public Series series() {
    if (series == null) {
      throw new IllegalStateException("no row yet");
    }
    return series;
  }

  @Override
  public double value() throws SQLException {
    double value = rows.value();
    // Without a factor it comes before what is asked for: it was checked that all of that has one.
    double converted = factor == null ? Double.NaN : factor.convert(value);
    return Double.isFinite(converted) ? converted : Double.NaN;
  }

  @Override
  public String status() throws SQLException {
    return Double.isFinite(rows.value()) && Double.isNaN(value())
        ? Status.CANNOT_EXIST
        : rows.status();
  }
}
