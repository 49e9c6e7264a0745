package io.refdata.batch.load.intake;

import io.refdata.batch.file.Block;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.persistence.load.Loads;
import java.util.concurrent.atomic.LongAdder;

/** Counts the rows of a file so far and the rejected rows among them, for all threads together. */
public final class Tally {
  private final LongAdder lines = new LongAdder();
  private final LongAdder staged = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder ignored = new LongAdder();
  private final LongAdder rounded = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder chars = new LongAdder();
  private final LongAdder worked = new LongAdder();

  public void line() {
    lines.increment();
  }

  /** The number of lines, without the header. */
  public long lineCount() {
    return lines.sum();
  }

  /** Adds a block whose lines are all counted. */
  public void read(Block block) {
    chars.add(block.length());
  }

  /** The number of characters in the counted blocks. */
  long chars() {
    return chars.sum();
  }

  /** Adds the time that a thread worked: neither for a block nor for its turn it waited. */
  public void worked(long nanos) {
    worked.add(nanos);
  }

  /** Nanoseconds of work, of all threads together. */
  public long workedNanos() {
    return worked.sum();
  }

  public void staged(long rows) {
    staged.add(rows);
  }

  public void rejected(long rows) {
    rejected.add(rows);
  }

  /** Adds rows that the layout leaves out. */
  public void ignored(long rows) {
    ignored.add(rows);
  }

  /** Adds values of staged rows that a double cannot hold as they are written. */
  public void rounded(long values) {
    if (values > 0) {
      rounded.add(values);
    }
  }

  /**
   * Moves staged rows to the rejected rows because they are duplicates.
   *
   * @param roundedValues how many of their values were counted as rounded; they are not kept
   */
  public void duplicates(long rows, long roundedValues) {
    rejectStaged(rows);
    duplicates.add(rows);
    rounded.add(-roundedValues);
  }

  /** Moves staged rows to the ignored rows because they name items that do not exist. */
  public void ignoreStaged(long rows) {
    staged.add(-rows);
    ignored.add(rows);
  }

  /** Moves staged rows to the rejected rows because they contradict other rows or stored items. */
  public void rejectStaged(long rows) {
    staged.add(-rows);
    rejected.add(rows);
  }

  public boolean hasDuplicates() {
    return duplicates.sum() > 0;
  }

  /**
   * Requires that the file has lines.
   *
   * @throws InvalidLoad if the file has no line
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

  /** The rows of the whole file. */
  public Loads.Staged result() {
    return new Loads.Staged(stagedRows(), read(), rejectedRows(), ignored.sum(), rounded.sum());
  }

  /** The rows so far that the layout does not leave out. */
  public long read() {
    return stagedRows() + rejectedRows();
  }
}
