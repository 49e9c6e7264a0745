package io.refdata.persistence.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;

import io.refdata.domain.load.Load.Step;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The steps of the loads of a layout, and which of them were slow. */
@SuppressWarnings("NullAway.Init")
class PipelinesIT {
  private MonitoredData data;
  private Pipelines pipelines;

  @BeforeEach
  void start() {
    data = new MonitoredData();
    pipelines = new Pipelines(data.jdbi());
    data.dataset("D", "D");
    data.execute("insert into raw.layout (code, definition) values ('a', '{}'), ('b', '{}')");
  }

  @AfterEach
  void stop() {
    data.close();
  }

  private void load(double stage, long rows, double merge) {
    data.load(
        "D",
        "0 minutes",
        """
        layout = 'a', rows_read = %2$d,
        steps = '[{"name": "stage", "seconds": %1$s, "rows": %2$d}, {"name": "merge", "seconds": %3$s, "rows": %2$d},
                  {"name": "analyze", "seconds": 100, "rows": 0}]'
        """
            .formatted(stage, rows, merge));
  }

  @Test
  void aStepIsSlowAgainstItsOwnHistory() {
    for (int i = 0; i < 6; i++) {
      load(2 + 0.1 * i, 1_000, 1);
    }
    // Ten times the rows in ten times the time is usual, but not for the merge.
    load(20, 10_000, 60);
    Pipeline pipeline = pipelines.find("a").orElseThrow();
    assertThat(pipeline.loads()).hasSize(7);
    assertThat(pipeline.steps())
        .extracting(StepTimes::name)
        .containsExactly("wait", "stage", "merge", "analyze", "other");
    assertThat(pipeline.steps())
        .filteredOn(StepTimes::slow)
        .extracting(StepTimes::name)
        .containsExactly("merge");
    StepTimes merge = pipeline.steps().get(2);
    assertThat(merge.lastSeconds()).isEqualTo(60);
    assertThat(merge.medianSeconds()).isEqualTo(1);
    assertThat(merge.deviationSeconds()).isZero();
  }

  @Test
  void theTimeOfALoadIsDividedAmongItsSteps() {
    load(3, 90, 4);
    PipelineLoad load = pipelines.find("a").orElseThrow().loads().get(0);
    assertThat(load.seconds()).isEqualTo(10);
    assertThat(load.rowsPerSecond()).isEqualTo(10);
    assertThat(load.steps().get(0)).isEqualTo(new Step("wait", 1, 0, load.receivedAt(), null));
    assertThat(load.steps().get(4)).isEqualTo(new Step("other", 2, 0, null, null));
    assertThat(pipelines.find("a").orElseThrow().steps()).noneMatch(StepTimes::slow);
  }

  @Test
  void loadsThatRunTogetherAreCounted() {
    load(1, 1, 1);
    data.load("D", "4.5 seconds", "");
    PipelineLoad load = pipelines.find("a").orElseThrow().loads().get(0);
    assertThat(load.parallel()).isEqualTo(1.5, withPrecision(0.1));
    assertThat(pipelines.list("a", "", 1).get(0).loads().get(0).parallel()).isNull();
  }

  @Test
  void layoutsComeByName() {
    load(1, 1, 1);
    data.load("D", "0 minutes", "layout = 'a', dry_run = true");
    assertThat(pipelines.list(null, "", 10))
        .extracting(Pipeline::layout)
        .isEqualTo(List.of("a", "b"));
    assertThat(pipelines.list(null, "", 1).get(0).loads()).hasSize(1);
    assertThat(pipelines.list(null, "a", 10).get(0).steps()).isEmpty();
    assertThat(pipelines.list(null, "a", 10).get(0).medianSeconds()).isNull();
    assertThat(pipelines.find("c")).isEmpty();
  }
}
