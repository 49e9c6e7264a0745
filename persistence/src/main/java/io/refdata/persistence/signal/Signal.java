package io.refdata.persistence.signal;

import io.refdata.domain.item.value.Code;
import java.time.Instant;
import java.util.List;

/**
 * A calculation, or a feature set, whose results are stored as observations of a dataset. It is
 * worked out after each change of what it is made of. It ends when it is deleted, or its target, or
 * the dataset of its series; the results stay.
 *
 * @param version how often it was changed
 * @param source the code of the dataset whose series it is worked out from
 * @param topics all that it is worked out from: the ids of datasets, and 0 for the reference data
 * @param target the code of the dataset that its results are written to
 * @param by who wrote it last
 */
public record Signal(
    Code code,
    int version,
    String name,
    String source,
    List<Integer> topics,
    String target,
    Origin origin,
    Instant writtenAt,
    String by) {
  public Signal {
    topics = List.copyOf(topics);
  }

  /** The origin of the results. */
  public sealed interface Origin {}

  /**
   * A calculation.
   *
   * @param json as it was written
   */
  public record Calculation(String json) implements Origin {}

  /**
   * The newest rows of a feature set.
   *
   * @param number its version, which stays as it is
   */
  public record FeatureSet(Code code, int number) implements Origin {}
}
