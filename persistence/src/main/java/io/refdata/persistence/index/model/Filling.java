package io.refdata.persistence.index.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The means by which an index of the model gets the number of pages that a real one has: columns of
 * fixed widths that it includes. The rows of the model are in two halves, each with its own
 * columns, so the length fits on average.
 *
 * @param fillFactor the index's fill factor: 10 if a page is to hold few entries
 * @param first the columns for the first half of the rows, as bits of {@link #WIDTHS}
 * @param second those for the second half
 */
record Filling(int fillFactor, int first, int second) {
  /** The bytes that each column takes, its header of 4 bytes included. */
  static final List<Integer> WIDTHS = List.of(16, 32, 64, 128, 256, 512);

  static final int HEADER = 4;

  private static final int FEW = 10;
  private static final int FULL = 100;

  /**
   * The bytes of an entry beside its columns: its header with the bits of nulls, a line pointer.
   */
  private static final int ENTRY = 20;

  /** The room of a page for entries, and the part of it that is filled at a fill factor of 10. */
  private static final int ROOM = 8136;

  private static final int ROOM_OF_FEW = 772;

  private static final List<Integer> COLUMNS = columns();

  /** One column or two. */
  private static List<Integer> columns() {
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < WIDTHS.size(); i++) {
      for (int j = i; j < WIDTHS.size(); j++) {
        columns.add(1 << i | 1 << j);
      }
    }
    return columns;
  }

  /** The filling that comes nearest to a number of pages. */
  static Filling of(long pages, long rows) {
    Filling nearest = new Filling(FULL, 1, 1);
    double least = Double.MAX_VALUE;
    for (int factor : new int[] {FULL, FEW}) {
      for (int first : COLUMNS) {
        for (int second : COLUMNS) {
          Filling filling = new Filling(factor, first, second);
          double difference = Math.abs(filling.pages(rows) - pages);
          if (difference < least) {
            least = difference;
            nearest = filling;
          }
        }
      }
    }
    return nearest;
  }

  /** The pages of an index with so many entries: the leaves, and those above them. */
  private double pages(long rows) {
    double half = rows / 2.0;
    double leaves = Math.ceil(half / entries(first)) + Math.ceil(half / entries(second));
    return leaves * (1 + 1 / 200.0) + (leaves > 1 ? 2 : 1);
  }

  /** The entries on a page. */
  private int entries(int columns) {
    int bytes = ENTRY + width(columns);
    return fillFactor == FEW
        ? Math.max(1, ROOM_OF_FEW / bytes)
        : Math.max(1, ROOM / bytes - 1); // the last one becomes the bound of the page
  }

  private static int width(int columns) {
    int width = 0;
    for (int i = 0; i < WIDTHS.size(); i++) {
      if ((columns >> i & 1) == 1) {
        width += WIDTHS.get(i);
      }
    }
    return width;
  }

  /** The names of the columns to include. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < WIDTHS.size(); i++) {
      if ((first >> i & 1) == 1) {
        names.add(name(true, i));
      }
      if ((second >> i & 1) == 1) {
        names.add(name(false, i));
      }
    }
    return names;
  }

  /** The name of a column. */
  static String name(boolean first, int width) {
    return "filling_" + (first ? "a" : "b") + width;
  }
}
