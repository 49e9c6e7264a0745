package io.refdata.persistence.statistics;

import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Task;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** Stores each hour how large the database and its tables are. */
@Dependent
public class SizeSamples implements Task {
  private final Jdbi jdbi;

  @Inject
  public SizeSamples(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public String name() {
    return "SAMPLE_SIZES";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run(Consumer<Step> done) {
    jdbi.useHandle(handle -> handle.execute("select performance_monitoring.sample_sizes()"));
  }
}
