package io.refdata.persistence.derivation;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Indexed;
import io.refdata.domain.derivation.Status;
import io.refdata.domain.derivation.Transform;
import io.refdata.domain.derivation.Transformation;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationRows;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The results of a transform, one for each observation. Where there was a value and there is no
 * result, the status says that it cannot exist.
 */
@SuppressWarnings("ReferenceEquality") // the same object in each row of a series
final class TransformedRows extends Stage {
  /** The code of the unit of percentages. */
  private static final String PERCENT = "PERCENT";

  private final Transform transform;
  private final Frequency frequency;
  private @Nullable Series before;
  private @Nullable Series series;
  private final @Nullable BaseRows bases;
  private Transformation transformation;
  private double value;
  private String status = "";

  TransformedRows(ObservationRows rows, Transform transform, Frequency frequency) {
    super(withBases(rows, transform, frequency));
    this.bases = this.rows instanceof BaseRows based ? based : null;
    this.transform = transform;
    this.frequency = frequency;
    this.transformation = transform.begin();
  }

  private static ObservationRows withBases(
      ObservationRows rows, Transform transform, Frequency frequency) {
    OptionalLong base = transform.base();
    return base.isPresent() ? new BaseRows(rows, frequency, base.getAsLong()) : rows;
  }

  @Override
  public boolean next() throws SQLException, IOException {
    if (!rows.next()) {
      return false;
    }
    Series of = rows.series();
    if (of != before) {
      before = of;
      series = measured(of);
      transformation = transform.begin();
      if (bases != null && transformation instanceof Indexed indexed) {
        indexed.base(bases.base());
      }
    }
    double given = rows.value();
    Instant start = Instant.EPOCH.plus(rows.micros(), ChronoUnit.MICROS);
    value = transformation.next(frequency.number(start), given);
    status = Double.isFinite(given) && Double.isNaN(value) ? Status.CANNOT_EXIST : rows.status();
    return true;
  }

  /** A percentage is not in the unit of the values, nor is an index or a logarithm. */
  private Series measured(Series of) {
    if (transform.name().isPercent()) {
      return of.measuredIn(PERCENT);
    }
    return transform.name().isPlainNumber() ? of.measuredIn(null) : of;
  }

  @Override
  public Series series() {
    if (series == null) {
      throw new IllegalStateException("no row yet");
    }
    return series;
  }

  @Override
  public double value() {
    return value;
  }

  @Override
  public String status() {
    return status;
  }
}
