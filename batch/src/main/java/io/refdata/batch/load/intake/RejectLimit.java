package io.refdata.batch.load.intake;

import io.refdata.domain.load.InvalidLoad;

/**
 * The limit of rejected rows in a file. Sometimes it is certain long before the end of the file
 * that the limit is exceeded, whatever the rest contains.
 *
 * @param ratio the share of rows that may be rejected, 0 to 1
 */
public record RejectLimit(double ratio) {
  /** The shortest row: one character and a separator. */
  private static final int MIN_ROW_CHARS = 2;

  /**
   * Checks the rows that have been read so far.
   *
   * @param maxChars the largest number of characters that the whole file can contain
   * @throws InvalidLoad if the limit is exceeded even when no later row is rejected
   */
  public void check(Tally tally, long maxChars) {
    long rejected = tally.rejectedRows();
    long read = tally.read();
    long maxRows = read + Math.max(0, maxChars - tally.chars()) / MIN_ROW_CHARS + 1;
    if (rejected > ratio * maxRows) {
      throw new InvalidLoad(
          "%d of the first %d rows were refused. That is more than the part of %s that maxRejectRatio allows, even if all other rows of the file are good. The rest was not read; see the rejects."
              .formatted(rejected, read, ratio));
    }
  }

  /**
   * Checks the whole file.
   *
   * @throws InvalidLoad if the limit is exceeded
   */
  public void check(Tally tally) {
    if (tally.read() > 0 && (double) tally.rejectedRows() / tally.read() > ratio) {
      throw new InvalidLoad(
          "%d of %d rows were refused, more than the part of %s that maxRejectRatio allows; see the rejects."
              .formatted(tally.rejectedRows(), tally.read(), ratio));
    }
  }
}
