package io.refdata.persistence.monitoring;

import io.refdata.domain.load.Load.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A load of a layout that has completed.
 *
 * @param rows the rows that it read
 * @param parallel how many loads ran at the same time in the mean, itself included; null if it was
 *     not counted
 * @param steps the steps by name: {@code wait} from its arrival to its start, the steps that the
 *     load recorded, and {@code other}, the time from its start to its end that no step took, such
 *     as waiting for its turn to merge
 */
public record PipelineLoad(
    long id,
    String into,
    Instant receivedAt,
    Instant startedAt,
    Instant finishedAt,
    long rows,
    @Nullable Double parallel,
    List<Step> steps) {

  /** The step after the end of a load. */
  private static final String AFTERWARDS = "analyze";

  /** A load with the steps that it recorded. */
  static PipelineLoad of(
      long id,
      String into,
      Instant receivedAt,
      Instant startedAt,
      Instant finishedAt,
      long rows,
      @Nullable Double parallel,
      List<Step> recorded) {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step("wait", seconds(receivedAt, startedAt), 0, receivedAt, null));
    steps.addAll(recorded);
    double taken =
        recorded.stream()
            .filter(step -> !step.name().equals(AFTERWARDS))
            .mapToDouble(Step::seconds)
            .sum();
    double other = Math.max(0, seconds(startedAt, finishedAt) - taken);
    steps.add(new Step("other", Math.round(other * 1000) / 1000.0, 0, null, null));
    return new PipelineLoad(
        id, into, receivedAt, startedAt, finishedAt, rows, parallel, List.copyOf(steps));
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }

  /** The time from its arrival to its end. */
  public double seconds() {
    return seconds(receivedAt, finishedAt);
  }

  /** The rows read in a second, from its start to its end. */
  public double rowsPerSecond() {
    double seconds = seconds(startedAt, finishedAt);
    return seconds <= 0 ? 0 : Math.round(rows / seconds);
  }
}
