package io.refdata.batch.load.observation;

import java.util.Arrays;

/**
 * Numbers pairs of whole numbers, which are 0 or more. The numbers of the pairs start at 0, in the
 * order in which the pairs first occur.
 */
final class NumberedPairs {
  private static final int ABSENT = -1;

  private long[] pairs = new long[64];
  private int[] table = new int[128];
  private int size;

  NumberedPairs() {
    Arrays.fill(table, ABSENT);
  }

  int size() {
    return size;
  }

  /** The number of a pair; a new number if the pair has none yet. */
  int of(int first, int second) {
    long pair = (long) first << 32 | second;
    int mask = table.length - 1;
    int slot = slot(pair, mask);
    while (table[slot] != ABSENT) {
      if (pairs[table[slot]] == pair) {
        return table[slot];
      }
      slot = slot + 1 & mask;
    }
    if (size == pairs.length) {
      grow();
      return of(first, second);
    }
    table[slot] = size;
    pairs[size] = pair;
    return size++;
  }

  int first(int number) {
    return (int) (pairs[number] >>> 32);
  }

  int second(int number) {
    return (int) pairs[number];
  }

  private void grow() {
    pairs = Arrays.copyOf(pairs, 2 * size);
    table = new int[2 * table.length];
    Arrays.fill(table, ABSENT);
    int mask = table.length - 1;
    for (int number = 0; number < size; number++) {
      int slot = slot(pairs[number], mask);
      while (table[slot] != ABSENT) {
        slot = slot + 1 & mask;
      }
      table[slot] = number;
    }
  }

  private static int slot(long pair, int mask) {
    long hash = pair * 0x9E3779B97F4A7C15L;
    return (int) (hash >>> 32) & mask;
  }
}
