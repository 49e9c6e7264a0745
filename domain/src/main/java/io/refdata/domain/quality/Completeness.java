package io.refdata.domain.quality;

import io.refdata.domain.dataset.Frequency;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The gaps in series. For each series, the periods from its first to its last value are due,
 * without those that are closed.
 *
 * @param from the first period that was looked at; null if there are no values
 * @param due the periods in which values are due, over all series
 * @param present those of them that have one
 * @param gaps the number of gaps
 * @param seriesWithGaps the number of series that have any
 * @param behind the number of series that end before the latest period of all
 * @param closedPeriods the number of periods that nearly all series lack, like holidays
 * @param closedTimes the days, or hours, of the week that nearly all lack
 * @param longest the longest gaps, the longest first
 */
public record Completeness(
    @Nullable String from,
    long due,
    long present,
    long gaps,
    long seriesWithGaps,
    long behind,
    long closedPeriods,
    List<String> closedTimes,
    List<Gap> longest) {

  private static final Completeness NOTHING =
      new Completeness(null, 0, 0, 0, 0, 0, 0, List.of(), List.of());

  private record Hole(ExaminedSeries series, long from, long to, long periods) {}

  /**
   * Looks for gaps.
   *
   * @param mostPeriods the latest periods that are looked at
   * @param mostGaps how many of the longest gaps are listed
   */
  public static Completeness of(
      Frequency frequency, List<ExaminedSeries> all, int mostPeriods, int mostGaps) {
    List<ExaminedSeries> filled = all.stream().filter(series -> series.size() > 0).toList();
    if (filled.isEmpty()) {
      return NOTHING;
    }
    long last =
        filled.stream().mapToLong(series -> series.period(series.size() - 1)).max().orElseThrow();
    long earliest = filled.stream().mapToLong(series -> series.period(0)).min().orElseThrow();
    long first = Math.max(earliest, last - mostPeriods + 1);
    DueCalendar calendar = new DueCalendar(frequency, filled, first, (int) (last - first + 1));
    PriorityQueue<Hole> longest = new PriorityQueue<>(Comparator.comparingLong(Hole::periods));
    long due = 0;
    long present = 0;
    long gaps = 0;
    long withGaps = 0;
    long behind = 0;
    for (ExaminedSeries series : filled) {
      long gapsBefore = gaps;
      long previous = -1;
      boolean begun = false;
      for (int i = 0; i < series.size(); i++) {
        long period = series.period(i);
        if (period < first) {
          continue;
        }
        int missing = begun ? calendar.due(previous + 1, period) : 0;
        if (missing > 0) {
          gaps++;
          keep(hole(series, previous + 1, period - 1, missing, calendar), mostGaps, longest);
        }
        int open = calendar.isDue(period) ? 1 : 0;
        due += missing + open;
        present += open;
        previous = period;
        begun = true;
      }
      withGaps += gaps > gapsBefore ? 1 : 0;
      behind += series.period(series.size() - 1) < last ? 1 : 0;
    }
    return new Completeness(
        frequency.format(frequency.startOf(first)),
        due,
        present,
        gaps,
        withGaps,
        behind,
        calendar.closedPeriods(),
        calendar.closedTimes(),
        listed(frequency, longest));
  }

  /** A hole begins and ends with periods that are due. */
  private static Hole hole(
      ExaminedSeries series, long from, long to, int missing, DueCalendar calendar) {
    long first = from;
    while (!calendar.isDue(first)) {
      first++;
    }
    long last = to;
    while (!calendar.isDue(last)) {
      last--;
    }
    return new Hole(series, first, last, missing);
  }

  private static void keep(Hole hole, int most, PriorityQueue<Hole> longest) {
    longest.add(hole);
    if (longest.size() > most) {
      longest.remove();
    }
  }

  private static List<Gap> listed(Frequency frequency, PriorityQueue<Hole> longest) {
    List<Hole> sorted = new ArrayList<>(longest);
    sorted.sort(
        Comparator.comparingLong(Hole::periods)
            .reversed()
            .thenComparing(hole -> hole.series().key())
            .thenComparing(Hole::from));
    return sorted.stream()
        .map(
            hole ->
                new Gap(
                    hole.series().key(),
                    frequency.format(frequency.startOf(hole.from())),
                    frequency.format(frequency.startOf(hole.to())),
                    hole.periods()))
        .toList();
  }
}
