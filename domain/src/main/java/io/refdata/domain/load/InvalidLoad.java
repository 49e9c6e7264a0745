package io.refdata.domain.load;

/**
 * A load cannot be done, and nothing was changed. The message is for the data engineer who sent it.
 */
public class InvalidLoad extends RuntimeException {
  public InvalidLoad(String message) {
    super(message);
  }

  /** A dataset would have more partitions than are allowed. */
  public static InvalidLoad tooManyPartitions(int more, int room) {
    return new InvalidLoad(
        "%,d more partitions would be needed, and the dataset has room for %,d; choose a longer partitioning.interval."
            .formatted(more, Math.max(0, room)));
  }
}
