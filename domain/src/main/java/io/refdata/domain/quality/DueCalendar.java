package io.refdata.domain.quality;

import io.refdata.domain.dataset.Frequency;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The periods in which observations of a dataset are due, as its data says: a period that nearly
 * all series lack is closed, and so is a day of the week, or an hour of it, that they nearly always
 * lack.
 */
final class DueCalendar {
  /** The share of series that have to lack a period. */
  private static final double LACKING = 0.9;

  /** Fewer series do not say that a period is closed for all. */
  private static final int LEAST_SERIES = 5;

  /** A day of the week must have come so often before it can be closed. */
  private static final int LEAST_TIMES = 4;

  private final Frequency frequency;
  private final long first;
  private final int[] spanning;
  private final int[] present;
  private final boolean[] closedSlots;
  private final int[] dueBefore;
  private int closedPeriods;

  /**
   * Counts the series that span each period from a first one on, and those that have a value there.
   *
   * @param size the number of periods
   */
  DueCalendar(Frequency frequency, List<ExaminedSeries> all, long first, int size) {
    this.frequency = frequency;
    this.first = first;
    spanning = new int[size + 1];
    present = new int[size];
    for (ExaminedSeries series : all) {
      count(series);
    }
    for (int i = 1; i < size; i++) {
      spanning[i] += spanning[i - 1];
    }
    closedSlots = closedSlots(size);
    dueBefore = new int[size + 1];
    for (int i = 0; i < size; i++) {
      boolean slot = isSlotClosed(i);
      boolean alone =
          !slot && spanning[i] >= LEAST_SERIES && spanning[i] - present[i] >= LACKING * spanning[i];
      closedPeriods += alone ? 1 : 0;
      dueBefore[i + 1] = dueBefore[i] + (slot || alone ? 0 : 1);
    }
  }

  private void count(ExaminedSeries series) {
    boolean begun = false;
    for (int i = 0; i < series.size(); i++) {
      int at = (int) (series.period(i) - first);
      if (at >= 0) {
        present[at]++;
        if (!begun) {
          spanning[at]++;
          begun = true;
        }
      }
    }
    if (begun) {
      spanning[(int) (series.period(series.size() - 1) - first) + 1]--;
    }
  }

  private boolean[] closedSlots(int size) {
    int slots = slots();
    long[] times = new long[slots];
    long[] spans = new long[slots];
    long[] values = new long[slots];
    for (int i = 0; i < size && slots > 0; i++) {
      int slot = slot(first + i);
      times[slot]++;
      spans[slot] += spanning[i];
      values[slot] += present[i];
    }
    boolean[] closed = new boolean[slots];
    for (int slot = 0; slot < slots; slot++) {
      closed[slot] =
          times[slot] >= LEAST_TIMES * periodsOfSlot()
              && spans[slot] > 0
              && spans[slot] - values[slot] >= LACKING * spans[slot];
    }
    return closed;
  }

  private int slots() {
    return switch (frequency) {
      case A, S, Q, M, W -> 0;
      case D -> 7;
      case H, N -> 7 * 24;
    };
  }

  /** An hour of the week has many minutes, and has come once. */
  private int periodsOfSlot() {
    return frequency == Frequency.N ? 60 : 1;
  }

  /** The day or the hour of the week, from Monday on. */
  private int slot(long period) {
    return switch (frequency) {
      case A, S, Q, M, W -> throw new IllegalStateException("a week has no " + frequency);
      case D -> (int) Math.floorMod(period + 3, 7L);
      case H -> (int) Math.floorMod(period + 3 * 24, 7 * 24L);
      case N -> (int) Math.floorMod(Math.floorDiv(period, 60) + 3 * 24, 7 * 24L);
    };
  }

  private boolean isSlotClosed(int i) {
    return closedSlots.length > 0 && closedSlots[slot(first + i)];
  }

  /** The periods that are due from one on and before another. */
  int due(long from, long before) {
    return dueBefore[(int) (before - first)] - dueBefore[(int) (from - first)];
  }

  boolean isDue(long period) {
    return due(period, period + 1) > 0;
  }

  /** The periods that are closed by themselves, like holidays. */
  int closedPeriods() {
    return closedPeriods;
  }

  /** The days or hours of the week that are closed, like Saturday, or Saturday 05:00. */
  List<String> closedTimes() {
    List<String> names = new ArrayList<>();
    for (int slot = 0; slot < closedSlots.length; slot++) {
      if (closedSlots[slot]) {
        boolean days = closedSlots.length == 7;
        String day =
            DayOfWeek.of((days ? slot : slot / 24) + 1)
                .getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        names.add(days ? day : "%s %02d:00".formatted(day, slot % 24));
      }
    }
    return names;
  }
}
