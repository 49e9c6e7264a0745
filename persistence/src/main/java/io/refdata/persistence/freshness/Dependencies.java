package io.refdata.persistence.freshness;

import java.time.LocalDate;
import java.util.Arrays;

/**
 * The things that a response is made from, or that a write changes: an item, the set of items that
 * exist, a property of any item, a series … A reader and a writer must use the same name for the
 * same thing. Each name is hashed to a bucket. Two things whose names fall into the same bucket
 * count as one; so a response may be computed again without need, but is never stale.
 */
public final class Dependencies {
  private static final int LEAST = 1 << 16;
  private static final int MOST = 1 << 22;

  /** Of each two kibibytes of heap, a bucket of a series takes 8 bytes. */
  private static final int HEAP_BITS = 11;

  /**
   * The number of buckets of series: 2^19 with a heap of 1 GiB. They are others than those of
   * names: a push of many series would else change the buckets of items that it has nothing to do
   * with.
   */
  private static final int SERIES =
      (int)
          Long.highestOneBit(
              Math.min(MOST, Math.max(LEAST, Runtime.getRuntime().maxMemory() >> HEAP_BITS)));

  /** The number of buckets of names. */
  private static final int NAMES = SERIES / 4;

  /** The number of buckets. */
  static final int BUCKETS = NAMES + SERIES;

  private int[] buckets = new int[8];
  private int size;

  /** Adds a dependency by its name, like {@code facilities/ABC}. */
  public Dependencies add(String name) {
    return add(spread(name.hashCode()) & (NAMES - 1));
  }

  /** Adds the observations of a series. */
  public Dependencies addSeries(int dataset, int series) {
    return add(NAMES + (spread(31 * spread(dataset) + series) & (SERIES - 1)));
  }

  /** Adds all of others. */
  public Dependencies add(Dependencies others) {
    for (int bucket : others.buckets()) {
      add(bucket);
    }
    return this;
  }

  /** Adds that a day is today, in UTC. Only for readers: nobody writes it. */
  public Dependencies addDay(LocalDate day) {
    return add(-Math.toIntExact(day.toEpochDay()));
  }

  private Dependencies add(int bucket) {
    if (size == buckets.length) {
      distinct();
      if (size > buckets.length / 2) {
        buckets = Arrays.copyOf(buckets, buckets.length * 2);
      }
    }
    buckets[size++] = bucket;
    return this;
  }

  private static int spread(int value) {
    int hash = value;
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }

  private void distinct() {
    Arrays.sort(buckets, 0, size);
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (count == 0 || buckets[count - 1] != buckets[i]) {
        buckets[count++] = buckets[i];
      }
    }
    size = count;
  }

  /** The buckets of these dependencies, each once. One below 0 stands for a day since 1970. */
  public int[] buckets() {
    distinct();
    return Arrays.copyOf(buckets, size);
  }
}
