package io.refdata.batch.load;

import io.refdata.batch.file.Block;
import io.refdata.persistence.load.InvalidLoad;
import java.util.concurrent.atomic.LongAdder;

/** How many rows a file has had so far, and how many of them were refused; of all threads. */
final class Tally {
  private final LongAdder lines = new LongAdder();
  private final LongAdder staged = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder chars = new LongAdder();

  void line() {
    lines.increment();
  }

  /** All lines of a block are counted. */
  void read(Block block) {
    chars.add(block.length());
  }

  /** How many characters of the file are counted. */
  long chars() {
    return chars.sum();
  }

  void staged(long rows) {
    staged.add(rows);
  }

  void rejected(long rows) {
    rejected.add(rows);
  }

  /** Rows that were staged turned out to be there twice. */
  void duplicates(long rows) {
    refusedOfStaged(rows);
    duplicates.add(rows);
  }

  /** Rows that were staged turned out not to go with the others, or with what is on file. */
  void refusedOfStaged(long rows) {
    staged.add(-rows);
    rejected.add(rows);
  }

  boolean hasDuplicates() {
    return duplicates.sum() > 0;
  }

  /**
   * Holds a file to having something to say.
   *
   * @throws InvalidLoad if it has not a single line
   */
  void requireLines() {
    if (lines.sum() == 0) {
      throw new InvalidLoad("The file has a header line and nothing below it.");
    }
  }

  long stagedRows() {
    return staged.sum();
  }

  long rejectedRows() {
    return rejected.sum();
  }

  long read() {
    return stagedRows() + rejectedRows();
  }
}
