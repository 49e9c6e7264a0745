package io.refdata.batch.load.observation;

import io.refdata.persistence.load.staging.ObservationCopy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The observations of one block, before the ids of their series are resolved. Each thread has its
 * own numbers for series, from 0, which stay the same from block to block.
 */
final class ObservationRows {
  private static final int UNRESOLVED = -1;

  private long[] micros = new long[1 << 14];
  private double[] values = new double[1 << 14];
  private long[] positions = new long[1 << 14];
  private int[] series = new int[1 << 14];
  private byte[] statuses = new byte[1 << 14];
  private int count;

  private int[] numbersInFile = new int[64];
  private long[] first = new long[64];
  private long[] last = new long[64];
  private int[] lastBlock = new int[64];
  private int block;
  private int[] seriesOfBlock = new int[64];
  private int seriesOfBlockCount;
  private boolean mayRepeat;

  ObservationRows() {
    Arrays.fill(numbersInFile, UNRESOLVED);
  }

  /** Removes the rows of the block before. */
  void begin() {
    count = 0;
    seriesOfBlockCount = 0;
    mayRepeat = false;
    block++;
  }

  int count() {
    return count;
  }

  void add(int seriesNumber, long time, double value, long position, byte status) {
    if (count == micros.length) {
      int length = 2 * count;
      micros = Arrays.copyOf(micros, length);
      values = Arrays.copyOf(values, length);
      positions = Arrays.copyOf(positions, length);
      series = Arrays.copyOf(series, length);
      statuses = Arrays.copyOf(statuses, length);
    }
    micros[count] = time;
    values[count] = value;
    positions[count] = position;
    series[count] = seriesNumber;
    statuses[count++] = status;
    extend(seriesNumber, time);
  }

  private void extend(int number, long time) {
    if (number >= lastBlock.length) {
      int length = Math.max(2 * lastBlock.length, number + 1);
      int oldLength = numbersInFile.length;
      numbersInFile = Arrays.copyOf(numbersInFile, length);
      Arrays.fill(numbersInFile, oldLength, length, UNRESOLVED);
      first = Arrays.copyOf(first, length);
      last = Arrays.copyOf(last, length);
      lastBlock = Arrays.copyOf(lastBlock, length);
    }
    if (lastBlock[number] != block) {
      lastBlock[number] = block;
      first[number] = time;
      last[number] = time;
      if (seriesOfBlockCount == seriesOfBlock.length) {
        seriesOfBlock = Arrays.copyOf(seriesOfBlock, 2 * seriesOfBlockCount);
      }
      seriesOfBlock[seriesOfBlockCount++] = number;
    } else if (time > last[number]) {
      last[number] = time;
    } else if (time < first[number]) {
      first[number] = time;
    } else {
      mayRepeat = true;
    }
  }

  /** Resolves the series. Callers do this block after block, in the order of the file. */
  void resolve(SeriesIds ids, IntFunction<String> keys) {
    List<String> unresolved = new ArrayList<>();
    for (int i = 0; i < seriesOfBlockCount; i++) {
      if (numbersInFile[seriesOfBlock[i]] == UNRESOLVED) {
        unresolved.add(keys.apply(seriesOfBlock[i]));
      }
    }
    int[] resolved = ids.numbersOf(unresolved);
    int next = 0;
    for (int i = 0; i < seriesOfBlockCount; i++) {
      int number = seriesOfBlock[i];
      if (numbersInFile[number] == UNRESOLVED) {
        numbersInFile[number] = resolved[next++];
      }
      ids.extend(numbersInFile[number], first[number], last[number]);
    }
    if (mayRepeat) {
      ids.mayRepeat();
    }
  }

  /** Handles a row before its series has an id. */
  interface RowHandler {
    void handle(int seriesNumber, long time, double value, long position, byte status);
  }

  /** Passes on the rows in their order. */
  void forEach(RowHandler handler) {
    for (int i = 0; i < count; i++) {
      handler.handle(series[i], micros[i], values[i], positions[i], statuses[i]);
    }
  }

  /** Copies the rows to staging. */
  void copy(SeriesIds ids, ObservationCopy copy) {
    for (int i = 0; i < count; i++) {
      copy.add(micros[i], values[i], positions[i], ids.id(numbersInFile[series[i]]), statuses[i]);
    }
  }
}
