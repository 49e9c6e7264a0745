package io.refdata.persistence.derivation;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Indexed;
import io.refdata.domain.derivation.ResultStandings;
import io.refdata.domain.derivation.Standing;
import io.refdata.domain.derivation.Status;
import io.refdata.domain.derivation.Transform;
import io.refdata.domain.derivation.Transformation;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationRows;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The results of a transform, one for each observation, each as whole as the least whole of the
 * values that it is made of. Where there was a value and there is no result, the status says that
 * it cannot exist.
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
  private ResultStandings standings;
  private double value;
  private Standing standing = Standing.WHOLE;

  TransformedRows(ObservationRows rows, Transform transform, Frequency frequency) {
    super(withBases(rows, transform, frequency));
    this.bases = this.rows instanceof BaseRows based ? based : null;
    this.transform = transform;
    this.frequency = frequency;
    this.transformation = transform.begin();
    this.standings = new ResultStandings(transform, frequency);
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
      standings = new ResultStandings(transform, frequency);
      if (bases != null && transformation instanceof Indexed indexed) {
        indexed.base(bases.base());
        standings.base(bases.baseStanding());
      }
    }
    double given = rows.value();
    Instant start = Instant.EPOCH.plus(rows.micros(), ChronoUnit.MICROS);
    long period = frequency.number(start);
    Standing own = standing(rows);
    Standing result = standings.next(period, given, own);
    value = transformation.next(period, given);
    standing = standing(own, given, result);
    return true;
  }

  private Standing standing(Standing own, double given, Standing result) {
    if (!Double.isFinite(given)) {
      return own;
    }
    return Double.isNaN(value)
        ? new Standing(Status.CANNOT_EXIST, own.coverage(), own.missing())
        : result;
  }

  private Series measured(Series of) {
    String unit = unit(transform, of.unit());
    return Objects.equals(unit, of.unit()) ? of : of.measuredIn(unit);
  }

  /**
   * The unit of the results. A percentage is not in the unit of the values, nor is an index or a
   * logarithm.
   *
   * @param values the unit of the values; null for none
   */
  static @Nullable String unit(Transform transform, @Nullable String values) {
    if (transform.name().isPercent()) {
      return PERCENT;
    }
    return transform.name().isPlainNumber() ? null : values;
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
    return standing.status();
  }

  @Override
  public double coverage() {
    return standing.coverage();
  }

  @Override
  public List<String> missing() {
    return standing.missing();
  }
}
