package io.refdata.batch.load.observation;

import io.refdata.persistence.load.staging.ObservationCopy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The observations of one block, before it is known which ids their series have. Series go by
 * numbers of the thread's own, from 0, that stay the same from block to block.
 */
final class ObservationRows {
  private static final int UNKNOWN = -1;

  private long[] micros = new long[1 << 14];
  private double[] values = new double[1 << 14];
  private long[] places = new long[1 << 14];
  private int[] series = new int[1 << 14];
  private byte[] statuses = new byte[1 << 14];
  private int count;

  private int[] spoken = new int[64];
  private long[] first = new long[64];
  private long[] last = new long[64];
  private int[] seenIn = new int[64];
  private int block;
  private int[] touched = new int[64];
  private int touchedCount;
  private boolean mayRepeat;

  ObservationRows() {
    Arrays.fill(spoken, UNKNOWN);
  }

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
      int known = spoken.length;
      spoken = Arrays.copyOf(spoken, length);
      Arrays.fill(spoken, known, length, UNKNOWN);
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

  /** Finds the series, block after block in the order of the file. */
  void resolve(SeriesIds ids, IntFunction<String> keys) {
    List<String> unknown = new ArrayList<>();
    for (int i = 0; i < touchedCount; i++) {
      if (spoken[touched[i]] == UNKNOWN) {
        unknown.add(keys.apply(touched[i]));
      }
    }
    int[] found = ids.of(unknown);
    int next = 0;
    for (int i = 0; i < touchedCount; i++) {
      int number = touched[i];
      if (spoken[number] == UNKNOWN) {
        spoken[number] = found[next++];
      }
      ids.extend(spoken[number], first[number], last[number]);
    }
    if (mayRepeat) {
      ids.mayRepeat();
    }
  }

  /** Hands the rows on to be copied. */
  void copy(SeriesIds ids, ObservationCopy copy) {
    for (int i = 0; i < count; i++) {
      copy.add(micros[i], values[i], places[i], ids.id(spoken[series[i]]), statuses[i]);
    }
  }
}
