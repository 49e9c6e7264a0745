package io.refdata.persistence.index;

import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Task;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Consumer;

/** Drops what builds that were cut off have left. */
@ApplicationScoped
public class RemoveInvalidIndexes implements Task {
  @Inject private InvalidIndexes indexes;
  @Inject private OptimizationLog log;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  public RemoveInvalidIndexes() {}

  /** Outside of a container. */
  public RemoveInvalidIndexes(InvalidIndexes indexes, OptimizationLog log) {
    this.indexes = indexes;
    this.log = log;
  }

  @Override
  public String name() {
    return "REMOVE_INVALID_INDEXES";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(10);
  }

  @Override
  public void run(Consumer<Step> done) {
    for (String index : indexes.all()) {
      log.run(
          name(),
          index,
          () -> {
            indexes.drop(index);
            return "its build was cut off";
          },
          done);
    }
  }
}
