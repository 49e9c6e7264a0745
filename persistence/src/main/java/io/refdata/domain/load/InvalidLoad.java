package io.refdata.domain.load;

/** A load cannot be; its message is for the data engineer who sent it. Nothing was changed. */
public class InvalidLoad extends RuntimeException {
  public InvalidLoad(String message) {
    super(message);
  }

  /** A dataset would have more partitions than one may have. */
  public static InvalidLoad tooManyPartitions(int more, int room) {
    return new InvalidLoad(
        "%,d more partitions would be needed, and the dataset has room for %,d; a longer partitioning.interval would do."
            .formatted(more, Math.max(0, room)));
  }
}
