package io.refdata.persistence.monitoring;

import io.refdata.domain.load.Load.Step;
import io.refdata.domain.quality.Medians;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The latest loads of a layout.
 *
 * @param layout the name of the layout
 * @param loads those that have completed, the newest first
 */
public record Pipeline(String layout, List<PipelineLoad> loads) {

  /** The steps of the newest load, each compared with the same step of the others. */
  public List<StepTimes> steps() {
    if (loads.isEmpty()) {
      return List.of();
    }
    List<PipelineLoad> earlier = loads.subList(1, loads.size());
    return loads.get(0).steps().stream()
        .map(
            last ->
                StepTimes.of(
                    last,
                    earlier.stream()
                        .map(load -> step(load, last))
                        .flatMap(Optional::stream)
                        .toList()))
        .toList();
  }

  private static Optional<Step> step(PipelineLoad load, Step like) {
    return load.steps().stream().filter(step -> step.name().equals(like.name())).findFirst();
  }

  /** The median time of a load, from its arrival to its end; null if there are no loads. */
  public @Nullable Double medianSeconds() {
    return median(loads.stream().mapToDouble(PipelineLoad::seconds).toArray());
  }

  /** The median speed; null if there are no loads. */
  public @Nullable Double medianRowsPerSecond() {
    return median(loads.stream().mapToDouble(PipelineLoad::rowsPerSecond).toArray());
  }

  private static @Nullable Double median(double[] numbers) {
    return numbers.length == 0 ? null : Medians.median(numbers);
  }
}
