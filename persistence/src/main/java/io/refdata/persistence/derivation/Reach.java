package io.refdata.persistence.derivation;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Resampling;
import io.refdata.domain.derivation.Transform;
import io.refdata.persistence.derivation.Derivation.Resampled;
import io.refdata.persistence.observation.Observations.Ends;
import io.refdata.persistence.observation.Observations.Position;
import io.refdata.persistence.observation.Observations.Range;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The range in which observations have to be read so that what is worked out from them is whole:
 * the predecessors of the first result, all of each longer period, and a base period.
 */
final class Reach {
  /** Before any observation. */
  private static final Instant BEGINNING = Instant.parse("0000-12-31T00:00:00Z");

  private final Frequency results;
  private final @Nullable Resampling resampling;
  private final OptionalLong lookback;
  private final OptionalLong base;

  Reach(Derivation derivation) {
    results = derivation.resultFrequency();
    Resampled resampled = derivation.resampled();
    resampling = resampled == null ? null : resampled.resampling();
    Transform transform = derivation.transform();
    lookback = transform == null ? OptionalLong.of(0) : transform.lookback();
    base = transform == null ? OptionalLong.empty() : transform.base();
  }

  Range needed(Range asked) {
    Position after = asked.after();
    boolean alone = resampling == null && base.isEmpty() && lookback.isPresent();
    return new Range(
        from(asked.from()),
        before(asked.before()),
        alone ? ends(asked.ends()) : null,
        asked.asOf(),
        asked.since(),
        after == null ? null : new Position(after.seriesKey(), after(after, asked.ends())),
        alone ? limit(asked) : 0);
  }

  private @Nullable Instant from(@Nullable Instant asked) {
    if (asked == null || lookback.isEmpty()) {
      return null;
    }
    Instant start = start(firstFrom(asked) - lookback.getAsLong());
    return base.isPresent() ? earlier(start, start(base.getAsLong())) : start;
  }

  /** The number of the first period that starts at an instant or later. */
  private long firstFrom(Instant instant) {
    long number = results.number(instant);
    return results.startOf(number).isBefore(instant) ? number + 1 : number;
  }

  private @Nullable Instant before(@Nullable Instant asked) {
    if (asked == null) {
      return null;
    }
    long last = results.number(asked.minusNanos(1));
    Instant end = resampling == null ? asked : resampling.after(last);
    return base.isPresent() ? later(end, end(base.getAsLong())) : end;
  }

  private Instant start(long period) {
    Instant start = resampling == null ? results.startOf(period) : resampling.earliest(period);
    return later(start, BEGINNING);
  }

  private Instant end(long period) {
    return resampling == null ? results.startOf(period + 1) : resampling.after(period);
  }

  /** As many from an end of each series that their results have all their predecessors. */
  private @Nullable Ends ends(@Nullable Ends asked) {
    return asked == null ? null : new Ends(plusLookback(asked.count()), asked.latest());
  }

  /** Where each series is read from its beginning, as many as the results of a page need. */
  private int limit(Range asked) {
    return asked.limit() == 0 || asked.from() != null || asked.ends() != null
        ? 0
        : plusLookback(asked.limit());
  }

  /** One more, since a range may begin within a period. */
  private int plusLookback(int count) {
    return (int) Math.min(Integer.MAX_VALUE, count + lookback.getAsLong() + 1);
  }

  /** The instant behind which the series is read that the page before ended in. */
  private Instant after(Position after, @Nullable Ends ends) {
    if (ends != null || base.isPresent() || lookback.isEmpty()) {
      return BEGINNING;
    }
    Instant start = start(results.number(after.time()) - lookback.getAsLong());
    return later(start.minus(1, ChronoUnit.MICROS), BEGINNING);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
