package io.refdata.persistence.index.model;

import io.refdata.persistence.index.model.RealTable.Column;
import java.util.List;

/** The length that a B-tree of some columns would have, as {@code CREATE INDEX} makes it. */
public final class IndexSize {
  private static final double ROOM_OF_PAGE = 8152 * 0.9;
  private static final int HEADER = 8;
  private static final int LINE_POINTER = 4;
  private static final int ROW_POINTER = 6;

  /** Equal entries share one, up to this length. */
  private static final int SHARED_ENTRY = 812;

  private static final int ENTRIES_ABOVE = 200;

  private IndexSize() {}

  /** The number of pages. */
  public static long pages(List<Column> columns, double rows) {
    int key = aligned(HEADER + columns.stream().mapToInt(Column::width).sum());
    double distinct = 1;
    for (Column column : columns) {
      distinct *= column.distinct() < 0 ? -column.distinct() * rows : column.distinct();
    }
    distinct = Math.max(1, Math.min(rows, distinct));
    double equal = rows / distinct;
    double bytes;
    if (equal < 2) {
      bytes = rows * (key + LINE_POINTER);
    } else {
      double shared = Math.floor((double) (SHARED_ENTRY - key) / ROW_POINTER);
      bytes =
          rows * ROW_POINTER
              + distinct * Math.ceil(equal / shared) * (key + LINE_POINTER + ROW_POINTER / 2.0);
    }
    double leaves = Math.ceil(bytes / ROOM_OF_PAGE);
    return Math.round(leaves * (1 + 1.0 / ENTRIES_ABOVE)) + 1;
  }

  /** The bytes that one more entry takes. */
  public static int entryBytes(List<Column> columns) {
    return aligned(HEADER + columns.stream().mapToInt(Column::width).sum()) + LINE_POINTER;
  }

  private static int aligned(int bytes) {
    return (bytes + 7) / 8 * 8;
  }
}
