package io.refdata.batch.load.intake;

import io.refdata.batch.file.Block;
import io.refdata.domain.load.InvalidLoad;
import java.util.concurrent.atomic.LongAdder;

/** How many rows a file has had so far, and how many of them were refused; of all threads. */
public final class Tally {
  private final LongAdder lines = new LongAdder();
  private final LongAdder staged = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder chars = new LongAdder();

  public void line() {
    lines.increment();
  }

  /** All lines of a block are counted. */
  public void read(Block block) {
    chars.add(block.length());
  }

  /** How many characters of the file are counted. */
  long chars() {
    return chars.sum();
  }

  public void staged(long rows) {
    staged.add(rows);
  }

  public void rejected(long rows) {
    rejected.add(rows);
  }

  /** Rows that were staged turned out to be there twice. */
  public void duplicates(long rows) {
    refusedOfStaged(rows);
    duplicates.add(rows);
  }

  /** Rows that were staged turned out not to go with the others, or with what is on file. */
  public void refusedOfStaged(long rows) {
    staged.add(-rows);
    rejected.add(rows);
  }

  public boolean hasDuplicates() {
    return duplicates.sum() > 0;
  }

  /**
   * Holds a file to having something to say.
   *
   * @throws InvalidLoad if it has not a single line
   */
  public void requireLines() {
    if (lines.sum() == 0) {
      throw new InvalidLoad("The file has a header line and nothing below it.");
    }
  }

  public long stagedRows() {
    return staged.sum();
  }

  public long rejectedRows() {
    return rejected.sum();
  }

  public long read() {
    return stagedRows() + rejectedRows();
  }
}
