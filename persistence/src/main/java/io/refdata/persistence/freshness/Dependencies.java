package io.refdata.persistence.freshness;

import java.util.Arrays;

/**
 * What an answer is made from, or what a write changes: an item, which items there are, a property
 * of any item, a series … Whoever writes and whoever reads must call the same thing by the same
 * name; two things whose names happen to fall on the same place are taken for one, which costs an
 * answer too many made anew, never a stale one.
 */
public final class Dependencies {
  /** How many places there are. */
  static final int PLACES = 1 << 16;

  private int[] places = new int[8];
  private int size;

  /** Adds a thing by its name, like {@code facilities/ABC}. */
  public Dependencies add(String name) {
    int place = place(name);
    if (size == places.length) {
      distinct();
      if (size > places.length / 2) {
        places = Arrays.copyOf(places, places.length * 2);
      }
    }
    places[size++] = place;
    return this;
  }

  private static int place(String name) {
    int hash = name.hashCode();
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return (hash ^ (hash >>> 16)) & (PLACES - 1);
  }

  private void distinct() {
    Arrays.sort(places, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (kept == 0 || places[kept - 1] != places[i]) {
        places[kept++] = places[i];
      }
    }
    size = kept;
  }

  /** Their places, each once. */
  public int[] places() {
    distinct();
    return Arrays.copyOf(places, size);
  }
}
