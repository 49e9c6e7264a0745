package io.refdata.persistence.derivation;

import io.refdata.domain.aggregation.Composition;
import io.refdata.domain.aggregation.WholeValue;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.persistence.dataset.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A series that is worked out from those of the members of a region. In each period those count
 * that are members on its last day: who joins within a year counts for all of it, who leaves does
 * not. There is a value for each period in which a member has an observation.
 */
public final class WholeSeries {
  private final String code;
  private final Composition composition;
  private final Map<String, HeldColumn> members = new HashMap<>();
  private final List<String> dimensions;

  /**
   * @param code the region's
   * @param dimensions those of the series
   */
  public WholeSeries(String code, Composition composition, List<String> dimensions) {
    this.code = code;
    this.composition = composition;
    this.dimensions = dimensions;
  }

  /** A value of a period with its members. */
  public record Row(long micros, WholeValue whole) {}

  /** Gives the observations of a member. */
  public void add(String member, HeldColumn observations) {
    members.put(member, observations);
  }

  String key() {
    return String.join(".", dimensions);
  }

  /** The series, with the unit of its members. */
  Series series(int number) {
    @Nullable String unit =
        members.values().stream()
            .map(member -> member.series().unit())
            .filter(one -> one != null)
            .findFirst()
            .orElse(null);
    return new Series(number, key(), dimensions, unit, null, null);
  }

  /** One of its members' series. */
  Series member() {
    return members.values().iterator().next().series();
  }

  /**
   * The values, by time, where all members weigh the same.
   *
   * @param frequency that of the observations
   */
  public Iterator<Row> rows(Frequency frequency, Aggregation rule) {
    return rows(frequency, rule, null);
  }

  /** The values, by time. */
  Iterator<Row> rows(Frequency frequency, Aggregation rule, @Nullable Weights weights) {
    return Arrays.stream(times())
        .mapToObj(time -> row(time, frequency, rule, weights))
        .filter(row -> row != null)
        .iterator();
  }

  private long[] times() {
    return members.values().stream()
        .flatMapToLong(column -> column.times())
        .sorted()
        .distinct()
        .toArray();
  }

  private @Nullable Row row(
      long time, Frequency frequency, Aggregation rule, @Nullable Weights weights) {
    Set<String> due = composition.membersOn(code, lastDay(frequency, time));
    WholeValue whole = new WholeValue(rule);
    boolean observed = false;
    for (String member : due) {
      HeldColumn column = members.get(member);
      int at = column == null ? -1 : column.at(time);
      if (column == null || at < 0) {
        whole.add(member, Double.NaN, "", 1);
      } else {
        observed = true;
        double weight = weights == null ? 1 : weights.of(member, time);
        whole.add(member, column.value(at), column.status(at), weight);
      }
    }
    return observed ? new Row(time, whole) : null;
  }

  private static LocalDate lastDay(Frequency frequency, long time) {
    Instant start = Instant.EPOCH.plus(time, ChronoUnit.MICROS);
    return LocalDate.ofInstant(frequency.next(start).minus(1, ChronoUnit.MICROS), ZoneOffset.UTC);
  }
}
