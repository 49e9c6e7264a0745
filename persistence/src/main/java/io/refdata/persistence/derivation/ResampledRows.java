package io.refdata.persistence.derivation;

import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.derivation.Period;
import io.refdata.domain.derivation.Resampling;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.sql.BinaryCopy;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One observation for each longer period that has any. Of a period with too little in it there is
 * none.
 */
@SuppressWarnings("ReferenceEquality") // the same object in each row of a series
final class ResampledRows extends Stage {
  private final Resampling resampling;
  private final Function<Series, Aggregation> aggregations;
  private final double minCoverage;
  private boolean begun;
  private boolean ahead;
  private @Nullable Series series;
  private Aggregation aggregation = Aggregation.SUM;
  private long micros;
  private double value;
  private double coverage;
  private String status = "";
  private List<String> missing = List.of();

  /**
   * @param minCoverage the least coverage of an observation; 0 for any
   */
  ResampledRows(
      ObservationRows rows,
      Resampling resampling,
      Function<Series, Aggregation> aggregations,
      double minCoverage) {
    super(rows);
    this.resampling = resampling;
    this.aggregations = aggregations;
    this.minCoverage = minCoverage;
  }

  @Override
  public boolean next() throws SQLException, IOException {
    if (!begun) {
      begun = true;
      ahead = rows.next();
    }
    while (ahead) {
      readPeriod();
      if (coverage >= minCoverage) {
        return true;
      }
    }
    return false;
  }

  private void readPeriod() throws SQLException, IOException {
    Series of = rows.series();
    if (of != series) {
      series = of;
      aggregation = aggregations.apply(of);
    }
    long number = number();
    Period period = new Period(aggregation);
    Set<String> without = new TreeSet<>();
    do {
      double share = rows.coverage();
      period.add(rows.value(), rows.status(), Double.isNaN(share) ? 1 : share);
      without.addAll(rows.missing());
      ahead = rows.next();
    } while (ahead && rows.series() == of && number() == number);
    long due = resampling.due(number);
    micros = BinaryCopy.micros(resampling.target().startOf(number));
    value = period.value();
    status = period.status(due);
    coverage = period.coverage(due);
    missing = List.copyOf(without);
  }

  private long number() throws SQLException {
    return resampling.target(Instant.EPOCH.plus(rows.micros(), ChronoUnit.MICROS));
  }

  @Override
  public Series series() {
    if (series == null) {
      throw new IllegalStateException("no row yet");
    }
    return series;
  }

  @Override
  public long micros() {
    return micros;
  }

  @Override
  public double value() {
    return value;
  }

  @Override
  public String status() {
    return status;
  }

  @Override
  public double coverage() {
    return coverage;
  }

  /** Those that are missing in any of the periods that are there. */
  @Override
  public List<String> missing() {
    return missing;
  }
}
