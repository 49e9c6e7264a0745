package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import io.refdata.persistence.quality.LoadQualities;
import io.refdata.persistence.quality.LoadQualities.DatasetQuality;
import jakarta.enterprise.context.Dependent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The latest load of a dataset has a lower score of quality than the one before. */
@Dependent
public class QualityDrop implements AlertRule {

  @Override
  public Description description() {
    return new Description(
        "QUALITY_DROP",
        Scope.PLATFORM,
        "points",
        Bounds.atLeast(10.0, 25.0),
        "/api/v1/monitoring/quality");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    List<Situation> situations = new ArrayList<>();
    for (DatasetQuality quality : LoadQualities.latest(database)) {
      Double drop = quality.drop();
      if (drop != null) {
        situations.add(
            new Situation(
                Map.of("dataset", quality.dataset()),
                drop,
                "The quality of dataset %s was %.1f and is %.1f since load %d"
                    .formatted(
                        quality.dataset(), quality.before(), quality.score(), quality.load())));
      }
    }
    return situations;
  }
}
