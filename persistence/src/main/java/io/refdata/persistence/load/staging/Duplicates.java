package io.refdata.persistence.load.staging;

/**
 * How many staged observations were rejected since their keys stand in the file before.
 *
 * @param rounded how many of their values a double cannot hold as they are written
 */
public record Duplicates(long rows, long rounded) {
  static final Duplicates NONE = new Duplicates(0, 0);

  Duplicates plus(Duplicates others) {
    return new Duplicates(rows + others.rows, rounded + others.rounded);
  }
}
