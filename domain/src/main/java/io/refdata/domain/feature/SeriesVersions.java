package io.refdata.domain.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All that a series ever said: each value from the revision that brought it until before the one
 * that replaced or deleted it.
 */
public final class SeriesVersions {
  /** A series that says nothing. */
  public static final SeriesVersions NONE = new SeriesVersions(0, List.of());

  private final int created;
  private final long[] periods;
  private final double[] values;
  private final int[] from;
  private final int[] before;

  /** The revisions that changed anything in the series, rising. */
  private final int[] vintages;

  /**
   * A value of a period.
   *
   * @param period the number of the period
   * @param value {@code NaN} if it is missing
   * @param from the revision that brought it
   * @param before the revision that replaced or deleted it; null if it still holds. The same as
   *     {@code from} of a value that nobody could know, as it was replaced before it was published
   */
  public record Version(long period, double value, int from, @Nullable Integer before) {}

  /**
   * @param created the revision in which the series began to exist
   * @param all in any order
   */
  public SeriesVersions(int created, List<Version> all) {
    List<Version> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingLong(Version::period).thenComparingInt(Version::from));
    int size = sorted.size();
    this.created = created;
    this.periods = new long[size];
    this.values = new double[size];
    this.from = new int[size];
    this.before = new int[size];
    for (int i = 0; i < size; i++) {
      Version version = sorted.get(i);
      periods[i] = version.period();
      values[i] = version.value();
      from[i] = version.from();
      before[i] = version.before() == null ? Integer.MAX_VALUE : version.before();
    }
    this.vintages =
        IntStream.concat(Arrays.stream(from), Arrays.stream(before))
            .filter(revision -> revision < Integer.MAX_VALUE)
            .sorted()
            .distinct()
            .toArray();
  }

  /** The number of all values, present and past. */
  public int size() {
    return periods.length;
  }

  /** Whether the series existed at a revision, with or without values. */
  public boolean existedAt(int revision) {
    return created <= revision;
  }

  /** The values that held at a revision. */
  public History at(int revision) {
    long[] kept = new long[periods.length];
    double[] numbers = new double[periods.length];
    int size = 0;
    for (int i = 0; i < periods.length; i++) {
      if (from[i] <= revision && revision < before[i] && Double.isFinite(values[i])) {
        kept[size] = periods[i];
        numbers[size++] = values[i];
      }
    }
    return new History(kept, numbers, size);
  }

  /** The value of a period that held at a revision; {@code NaN} if it had none. */
  public double valueAt(long period, int revision) {
    for (int i = first(period); i < periods.length && periods[i] == period; i++) {
      if (from[i] <= revision && revision < before[i]) {
        return Double.isFinite(values[i]) ? values[i] : Double.NaN;
      }
    }
    return Double.NaN;
  }

  /**
   * The value of a period in one of its releases. The first is the revision that brought its first
   * number; each later revision that changed anything in the series is a release more, since it
   * says of all other values that they stay.
   *
   * @param revision the last revision that counts
   * @return {@code NaN} if there is no such release yet, or no value in it
   */
  public double released(long period, Release release, int revision) {
    if (release.isLatest()) {
      return valueAt(period, revision);
    }
    for (int i = first(period); i < periods.length && periods[i] == period; i++) {
      if (Double.isFinite(values[i]) && from[i] < before[i]) {
        int vintage = Arrays.binarySearch(vintages, from[i]) + release.number() - 1;
        return vintage < vintages.length && vintages[vintage] <= revision
            ? valueAt(period, vintages[vintage])
            : Double.NaN;
      }
    }
    return Double.NaN;
  }

  /** The position of the first version of a period, or where it would be. */
  private int first(long period) {
    int low = 0;
    int high = periods.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (periods[middle] < period) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
