package io.refdata.domain.load;

/**
 * A load cannot be done, and nothing was changed. The message is for the data engineer who sent it.
 */
public class InvalidLoad extends RuntimeException {
  public InvalidLoad(String message) {
    super(message);
  }

  /**
   * An item that the file refers to is gone.
   *
   * @param name the name of the property or dimension
   */
  public static InvalidLoad deletedMeanwhile(String name, String code) {
    return new InvalidLoad(
        "%s %s was deleted while the load was staged. Restart it.".formatted(name, code));
  }

  /** A dataset would have more partitions than are allowed. */
  public static InvalidLoad tooManyPartitions(int more, int room) {
    return new InvalidLoad(
        "%,d more partitions would be needed, and the dataset has room for %,d; choose a longer partitioning.interval."
            .formatted(more, Math.max(0, room)));
  }
}
