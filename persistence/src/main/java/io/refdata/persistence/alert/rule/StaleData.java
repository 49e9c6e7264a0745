package io.refdata.persistence.alert.rule;

import io.refdata.domain.dataset.FreshnessState;
import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import io.refdata.persistence.monitoring.DatasetAge;
import io.refdata.persistence.monitoring.Freshness;
import jakarta.enterprise.context.Dependent;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** A dataset has had no new data for longer than its freshness allows. */
@Dependent
public class StaleData implements AlertRule {

  @Override
  public Description description() {
    return new Description(
        "STALE_DATA",
        Scope.PLATFORM,
        "level",
        Bounds.atLeast(1.0, 2.0),
        "/api/v1/monitoring/freshness");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    return Freshness.all(database).stream().map(StaleData::situation).toList();
  }

  private static Situation situation(DatasetAge dataset) {
    return new Situation(
        Map.of("dataset", dataset.code()),
        level(dataset.state()),
        dataset.updated() == null
            ? "Dataset %s is %s: it has never had data".formatted(dataset.code(), dataset.state())
            : "Dataset %s is %s: its last data came at %s"
                .formatted(dataset.code(), dataset.state(), dataset.updated()));
  }

  private static int level(FreshnessState state) {
    return switch (state) {
      case FRESH -> 0;
      case WARN -> 1;
      case STALE -> 2;
    };
  }
}
