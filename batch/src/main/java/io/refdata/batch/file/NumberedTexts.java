package io.refdata.batch.file;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Texts with numbers from 0, in the order in which they were added. A text is found by the
 * characters in a line, without creating a {@link String}.
 */
public final class NumberedTexts {
  private static final int ABSENT = -1;

  /**
   * Random in each process. If an attacker could predict which texts share a slot, a file of such
   * texts would make each look-up take as many steps as there are texts.
   */
  private static final long SEED = new SecureRandom().nextLong();

  private static final long FACTOR = new SecureRandom().nextLong() | 1;

  private char[] pool = new char[1024];
  private int[] offsets = new int[65];
  private int[] table = new int[128];
  private int size;

  public NumberedTexts() {
    Arrays.fill(table, ABSENT);
  }

  public int size() {
    return size;
  }

  /** The text with this number. */
  public String text(int number) {
    return new String(pool, offsets[number], offsets[number + 1] - offsets[number]);
  }

  /** The number of a text; -1 if it has not been added. */
  public int find(char[] chars, int from, int to) {
    int mask = table.length - 1;
    for (int slot = hash(chars, from, to) & mask; ; slot = slot + 1 & mask) {
      int found = table[slot];
      if (found == ABSENT || equal(found, chars, from, to)) {
        return found;
      }
    }
  }

  /** Adds a text that is absent, and returns its number. */
  public int add(char[] chars, int from, int to) {
    if (size + 1 == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * offsets.length);
      rehash();
    }
    int start = offsets[size];
    int end = start + to - from;
    if (end > pool.length) {
      pool = Arrays.copyOf(pool, Math.max(2 * pool.length, end));
    }
    System.arraycopy(chars, from, pool, start, to - from);
    offsets[size + 1] = end;
    insert(size, hash(chars, from, to));
    return size++;
  }

  private void rehash() {
    table = new int[2 * table.length];
    Arrays.fill(table, ABSENT);
    for (int text = 0; text < size; text++) {
      insert(text, hash(pool, offsets[text], offsets[text + 1]));
    }
  }

  private void insert(int text, int hash) {
    int mask = table.length - 1;
    int slot = hash & mask;
    while (table[slot] != ABSENT) {
      slot = slot + 1 & mask;
    }
    table[slot] = text;
  }

  private boolean equal(int text, char[] chars, int from, int to) {
    return Arrays.equals(pool, offsets[text], offsets[text + 1], chars, from, to);
  }

  private static int hash(char[] chars, int from, int to) {
    long hash = SEED;
    for (int i = from; i < to; i++) {
      hash = (hash ^ chars[i]) * FACTOR;
    }
    return (int) (hash >>> 32);
  }
}
