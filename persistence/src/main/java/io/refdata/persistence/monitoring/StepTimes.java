package io.refdata.persistence.monitoring;

import io.refdata.domain.load.Load.Step;
import io.refdata.domain.quality.Medians;
import io.refdata.domain.quality.OddValues;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time of one step in the latest load of a layout, beside that of its earlier loads. If the
 * step counts rows, it is compared by row: a longer file takes longer.
 *
 * @param name the name of the step
 * @param lastSeconds its time in the latest load
 * @param medianSeconds the median of its time in the earlier loads; null if there are none
 * @param deviationSeconds the median absolute deviation (MAD) of it; null if there are none
 * @param score how much slower than usual it was: 0.6745 times the distance from the median by the
 *     MAD, which counts as at least a tenth of the median; null if there are too few earlier loads
 * @param slow true if the score is over 6 and the step lost a noticeable time
 */
public record StepTimes(
    String name,
    double lastSeconds,
    @Nullable Double medianSeconds,
    @Nullable Double deviationSeconds,
    @Nullable Double score,
    boolean slow) {
  private static final int LEAST_LOADS = 5;
  private static final double LEAST_DEVIATION = 0.1;
  private static final double NORMAL = 0.6745;
  private static final double NOTICEABLE_SECONDS = 0.5;

  /**
   * Compares a step.
   *
   * @param earlier the same step in earlier loads
   */
  static StepTimes of(Step last, List<Step> earlier) {
    if (earlier.isEmpty()) {
      return new StepTimes(last.name(), last.seconds(), null, null, null, false);
    }
    double[] seconds = earlier.stream().mapToDouble(Step::seconds).toArray();
    double median = Medians.median(seconds);
    double deviation = Medians.deviation(median, seconds);
    if (earlier.size() < LEAST_LOADS) {
      return new StepTimes(last.name(), last.seconds(), median, deviation, null, false);
    }
    boolean byRow = last.rows() > 0 && earlier.stream().allMatch(step -> step.rows() > 0);
    double[] times =
        earlier.stream()
            .mapToDouble(step -> byRow ? step.seconds() / step.rows() : step.seconds())
            .toArray();
    double usual = Medians.median(times);
    double spread = Math.max(Medians.deviation(usual, times), LEAST_DEVIATION * usual);
    double time = byRow ? last.seconds() / last.rows() : last.seconds();
    double lost = last.seconds() - usual * (byRow ? last.rows() : 1);
    double score = time == usual ? 0 : Math.min(NORMAL * (time - usual) / spread, 1e6);
    return new StepTimes(
        last.name(),
        last.seconds(),
        median,
        deviation,
        score,
        score > OddValues.ODD && lost >= NOTICEABLE_SECONDS);
  }
}
