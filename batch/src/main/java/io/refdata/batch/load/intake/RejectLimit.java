package io.refdata.batch.load.intake;

import io.refdata.domain.load.InvalidLoad;

/**
 * How much of a file may be refused. That it is too much may be beyond doubt long before the end of
 * the file, whatever the rest says.
 *
 * @param ratio the part of the rows, 0 to 1
 */
public record RejectLimit(double ratio) {
  /** A row takes a character and what separates it from the next. */
  private static final int FEWEST_CHARS = 2;

  /**
   * Looks at what has been read so far.
   *
   * @param mostChars no more characters than so many can be in the whole file
   * @throws InvalidLoad if too much is refused even if all rows still to come are not
   */
  public void check(Tally tally, long mostChars) {
    long refused = tally.rejectedRows();
    long read = tally.read();
    long atMost = read + Math.max(0, mostChars - tally.chars()) / FEWEST_CHARS + 1;
    if (refused > ratio * atMost) {
      throw new InvalidLoad(
          "%d of the first %d rows were refused, more than the part of %s that maxRejectRatio allows of all that the file can hold. The rest was not read; see the rejects."
              .formatted(refused, read, ratio));
    }
  }

  /**
   * Looks at the whole file.
   *
   * @throws InvalidLoad if too much is refused
   */
  public void check(Tally tally) {
    if (tally.read() > 0 && (double) tally.rejectedRows() / tally.read() > ratio) {
      throw new InvalidLoad(
          "%d of %d rows were refused, more than the part of %s that maxRejectRatio allows; see the rejects."
              .formatted(tally.rejectedRows(), tally.read(), ratio));
    }
  }
}
