package io.refdata.persistence.derivation;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.derivation.Resampling;
import io.refdata.domain.derivation.Transform;
import io.refdata.domain.rollup.Rollup;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Ends;
import io.refdata.persistence.observation.Observations.Range;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The steps from observations to results, in a fixed order: the unit, regions from their members,
 * longer periods, the transform. Range, ends and pages are about the results.
 *
 * @param frequency the frequency of the observations
 * @param unit the code of the unit that they are converted to; null for their own
 * @param aggregate how the series of regions are worked out from those of their members; null if
 *     they are not
 * @param resampled how longer periods are made; null if they are not
 * @param transform null for none
 */
public record Derivation(
    Frequency frequency,
    @Nullable String unit,
    @Nullable Aggregate aggregate,
    @Nullable Resampled resampled,
    @Nullable Transform transform) {

  /**
   * The rule by which longer periods are made.
   *
   * @param aggregation the rule for all series; null for that of the indicator of each
   * @param minCoverage the least coverage of a result; 0 for any
   */
  public record Resampled(
      Resampling resampling, @Nullable Aggregation aggregation, double minCoverage) {}

  /** The same with results in another unit. */
  public Derivation in(String other) {
    return new Derivation(frequency, other, aggregate, resampled, transform);
  }

  /** The same without a transform: what the transform is applied to. */
  Derivation untransformed() {
    return new Derivation(frequency, unit, aggregate, resampled, null);
  }

  /** The start of the period of a result that an observation, which starts at an instant, is in. */
  Instant resultStart(Instant start) {
    return resampled == null
        ? start
        : resultFrequency().startOf(resampled.resampling().target(start));
  }

  /** The unit of the results of a series; null for none. */
  public @Nullable String resultUnit(Series series) {
    String values = unit == null ? series.unit() : unit;
    return transform == null ? values : TransformedRows.unit(transform, values);
  }

  /** The frequency of the results. */
  public Frequency resultFrequency() {
    return resampled == null ? frequency : resampled.resampling().target();
  }

  /** True if each result has a coverage. */
  public boolean hasCoverage() {
    return resampled != null || aggregate != null;
  }

  /** True if members of regions may be missing in a result. */
  public boolean hasMissing() {
    return aggregate != null;
  }

  /** True if indicators say how longer periods are made. */
  public boolean asksIndicators() {
    return resampled != null && resampled.aggregation() == null
        || aggregate != null && aggregate.rule() == null && !aggregate.isWeighted();
  }

  /** True if it is a fault that an indicator does not say how longer periods are made. */
  boolean needsIndicators() {
    return resampled != null && resampled.aggregation() == null;
  }

  /**
   * Where the longer periods may be kept; null if nobody keeps such: of converted values, of
   * weighted means, by the days of another zone than UTC.
   *
   * @param references what is read of the reference data; null if nothing is needed
   */
  public Observations.@Nullable Source kept(@Nullable References references) {
    if (unit != null
        || resampled == null
        || !resampled.resampling().zone().equals(ZoneOffset.UTC)
        || !Rollup.isPossible(frequency, resultFrequency())) {
      return null;
    }
    if (aggregate == null) {
      return new KeptPeriods(resampled, references);
    }
    return aggregate.isWeighted()
        ? null
        : new KeptWholes(resampled, aggregate, Objects.requireNonNull(references));
  }

  /** The range of the observations from which the results of a range are worked out. */
  public Range needed(Range asked) {
    Range needed = new Reach(this).needed(asked);
    // Members are read whole: where the results of a page are among their rows can't be told.
    return aggregate == null
        ? needed
        : new Range(needed.from(), needed.before(), null, needed.asOf(), needed.since(), null, 0);
  }

  /**
   * The results of a range.
   *
   * @param selected the series of the selection, whether they have observations or not
   * @param rows the observations of the range {@link #needed}
   * @param references what was read of the reference data; null if nothing is needed
   */
  public ObservationRows results(
      Collection<Series> selected,
      ObservationRows rows,
      Range asked,
      @Nullable References references) {
    ObservationRows results = rows;
    if (unit != null) {
      results =
          new ConvertedRows(
              results, unit, series -> Objects.requireNonNull(references).conversion(series));
    }
    if (aggregate != null && !rows.areOfBuckets()) {
      results = Objects.requireNonNull(references).wholes(aggregate, selected, results, frequency);
      if (resampled == null && aggregate.minCoverage() > 0) {
        results = new AskedRows(results, row -> !(row.coverage() < aggregate.minCoverage()));
      }
    }
    if (resampled != null) {
      results = resampled(resampled, results, references);
    }
    if (transform != null) {
      results = new TransformedRows(results, transform, resultFrequency());
    }
    return cut(results, asked);
  }

  private static ObservationRows resampled(
      Resampled how, ObservationRows rows, @Nullable References references) {
    if (rows.areOfBuckets()) {
      return how.minCoverage() > 0
          ? new AskedRows(rows, row -> row.coverage() >= how.minCoverage())
          : rows;
    }
    Aggregation all = how.aggregation();
    return new ResampledRows(
        rows,
        how.resampling(),
        series -> all == null ? Objects.requireNonNull(references).aggregation(series) : all,
        how.minCoverage());
  }

  private ObservationRows cut(ObservationRows results, Range asked) {
    Instant from = asked.from();
    Instant before = asked.before();
    ObservationRows cut =
        from == null && before == null ? results : AskedRows.within(results, from, before);
    Ends ends = asked.ends();
    if (ends != null) {
      cut = ends.latest() ? new LastRows(cut, ends.count()) : AskedRows.first(cut, ends.count());
    }
    if (asked.after() != null && aggregate != null) {
      return new BehindRows(cut, asked.after().seriesKey(), asked.after().time());
    }
    return asked.after() == null
        ? cut
        : AskedRows.after(cut, asked.after().seriesKey(), asked.after().time());
  }
}
