package io.refdata.api.monitoring;

import io.refdata.domain.load.Load.Step;
import io.refdata.persistence.monitoring.Pipeline;
import io.refdata.persistence.monitoring.PipelineLoad;
import io.refdata.persistence.monitoring.StepTimes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latest loads of a layout, as JSON; without the loads in a list. */
final class PipelineView {
  private PipelineView() {}

  /** A pipeline in a list. */
  record Summary(
      String layout,
      int loads,
      @Nullable Instant lastFinishedAt,
      @Nullable Double medianSeconds,
      @Nullable Double medianRowsPerSecond,
      List<StepTimes> steps,
      List<String> slowSteps) {}

  /** A pipeline with its loads. */
  record Whole(
      String layout,
      @Nullable Double medianSeconds,
      @Nullable Double medianRowsPerSecond,
      List<StepTimes> steps,
      List<String> slowSteps,
      List<LoadView> loads) {}

  /** A load. */
  record LoadView(
      long id,
      String into,
      Instant receivedAt,
      Instant startedAt,
      Instant finishedAt,
      double seconds,
      long rows,
      double rowsPerSecond,
      @Nullable Double parallel,
      List<Step> steps) {
    private static LoadView of(PipelineLoad load) {
      Double parallel = load.parallel();
      return new LoadView(
          load.id(),
          load.into(),
          load.receivedAt(),
          load.startedAt(),
          load.finishedAt(),
          load.seconds(),
          load.rows(),
          load.rowsPerSecond(),
          parallel == null ? null : Math.round(parallel * 100) / 100.0,
          load.steps());
    }
  }

  static Summary summary(Pipeline pipeline) {
    List<PipelineLoad> loads = pipeline.loads();
    List<StepTimes> steps = pipeline.steps();
    return new Summary(
        pipeline.layout(),
        loads.size(),
        loads.isEmpty() ? null : loads.get(0).finishedAt(),
        pipeline.medianSeconds(),
        pipeline.medianRowsPerSecond(),
        steps,
        slow(steps));
  }

  static Whole whole(Pipeline pipeline) {
    List<StepTimes> steps = pipeline.steps();
    return new Whole(
        pipeline.layout(),
        pipeline.medianSeconds(),
        pipeline.medianRowsPerSecond(),
        steps,
        slow(steps),
        pipeline.loads().stream().map(LoadView::of).toList());
  }

  private static List<String> slow(List<StepTimes> steps) {
    return steps.stream().filter(StepTimes::slow).map(StepTimes::name).toList();
  }
}
