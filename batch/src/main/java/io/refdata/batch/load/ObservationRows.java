package io.refdata.batch.load;

import io.refdata.batch.load.SeriesIds.Spoken;
import io.refdata.persistence.load.ObservationCopy;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The observations of one block, before it is known which ids their series have. Series go by
 * numbers of the thread's own that stay the same from block to block.
 */
final class ObservationRows {
  private long[] micros = new long[1 << 14];
  private double[] values = new double[1 << 14];
  private long[] places = new long[1 << 14];
  private int[] series = new int[1 << 14];
  private byte[] statuses = new byte[1 << 14];
  private int count;

  private @Nullable Spoken[] spoken = new Spoken[64];
  private long[] first = new long[64];
  private long[] last = new long[64];
  private int[] seenIn = new int[64];
  private int block;
  private int[] touched = new int[64];
  private int touchedCount;
  private boolean mayRepeat;

  /** Forgets the rows of the block before. */
  void begin() {
    count = 0;
    touchedCount = 0;
    mayRepeat = false;
    block++;
  }

  int count() {
    return count;
  }

  void add(int seriesNumber, long time, double value, long place, byte status) {
    if (count == micros.length) {
      int length = 2 * count;
      micros = Arrays.copyOf(micros, length);
      values = Arrays.copyOf(values, length);
      places = Arrays.copyOf(places, length);
      series = Arrays.copyOf(series, length);
      statuses = Arrays.copyOf(statuses, length);
    }
    micros[count] = time;
    values[count] = value;
    places[count] = place;
    series[count] = seriesNumber;
    statuses[count++] = status;
    extend(seriesNumber, time);
  }

  private void extend(int number, long time) {
    if (number >= seenIn.length) {
      int length = Math.max(2 * seenIn.length, number + 1);
      spoken = Arrays.copyOf(spoken, length);
      first = Arrays.copyOf(first, length);
      last = Arrays.copyOf(last, length);
      seenIn = Arrays.copyOf(seenIn, length);
    }
    if (seenIn[number] != block) {
      seenIn[number] = block;
      first[number] = time;
      last[number] = time;
      if (touchedCount == touched.length) {
        touched = Arrays.copyOf(touched, 2 * touchedCount);
      }
      touched[touchedCount++] = number;
    } else if (time > last[number]) {
      last[number] = time;
    } else if (time < first[number]) {
      first[number] = time;
    } else {
      mayRepeat = true;
    }
  }

  /** Finds the ids of the series, block after block in the order of the file. */
  void resolve(SeriesIds ids, IntFunction<List<String>> dimensions) {
    for (int i = 0; i < touchedCount; i++) {
      int number = touched[i];
      Spoken one = spoken[number];
      if (one == null) {
        one = ids.of(dimensions.apply(number));
        spoken[number] = one;
      }
      one.extend(first[number], last[number]);
    }
    if (mayRepeat) {
      ids.mayRepeat();
    }
  }

  /** Hands the rows on to be copied. */
  void copy(ObservationCopy copy) {
    for (int i = 0; i < count; i++) {
      Spoken one = spoken[series[i]];
      if (one != null) {
        copy.add(micros[i], values[i], places[i], one.id(), statuses[i]);
      }
    }
  }
}
