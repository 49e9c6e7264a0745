package io.refdata.batch.load;

/** How many rows a file has had so far, and how many of them were refused. */
final class Tally {
  private long staged;
  private long rejected;

  void staged() {
    staged++;
  }

  void rejected(long rows) {
    rejected += rows;
  }

  long stagedRows() {
    return staged;
  }

  long rejectedRows() {
    return rejected;
  }

  long read() {
    return staged + rejected;
  }
}
