package io.refdata.persistence.freshness;

import java.util.Arrays;

/**
 * The things that a response is made from, or that a write changes: an item, the set of items that
 * exist, a property of any item, a series … A reader and a writer must use the same name for the
 * same thing. Each name is hashed to a bucket. Two things whose names fall into the same bucket
 * count as one; so a response may be computed again without need, but is never stale.
 */
public final class Dependencies {
  /** The number of buckets. */
  static final int BUCKETS = 1 << 16;

  private int[] buckets = new int[8];
  private int size;

  /** Adds a dependency by its name, like {@code facilities/ABC}. */
  public Dependencies add(String name) {
    int bucket = bucket(name);
    if (size == buckets.length) {
      distinct();
      if (size > buckets.length / 2) {
        buckets = Arrays.copyOf(buckets, buckets.length * 2);
      }
    }
    buckets[size++] = bucket;
    return this;
  }

  private static int bucket(String name) {
    int hash = name.hashCode();
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return (hash ^ (hash >>> 16)) & (BUCKETS - 1);
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

  /** The buckets of these dependencies, each once. */
  public int[] buckets() {
    distinct();
    return Arrays.copyOf(buckets, size);
  }
}
