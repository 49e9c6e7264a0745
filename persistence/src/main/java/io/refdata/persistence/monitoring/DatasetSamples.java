package io.refdata.persistence.monitoring;

import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Task;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Stores each minute how fresh each dataset is. A sample with the state of the one before makes
 * that row longer; a new row begins with another state, after a time without samples, and after a
 * day.
 */
@Dependent
public class DatasetSamples implements Task {
  private static final long DAY = Duration.ofDays(1).toSeconds();

  private final Jdbi jdbi;
  private final Freshness freshness;

  @Inject
  public DatasetSamples(Jdbi jdbi, Freshness freshness) {
    this.jdbi = jdbi;
    this.freshness = freshness;
  }

  @Override
  public String name() {
    return "SAMPLE_DATASETS";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run(Consumer<Step> done) {
    List<DatasetAge> ages = freshness.all();
    if (ages.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  """
                  merge into performance_monitoring.dataset_sample s
                  using (select d.id, l.began_at as last
                           from curated.dataset d
                           left join lateral (
                                select l.* from performance_monitoring.dataset_sample l
                                 where l.dataset_id = d.id order by l.began_at desc limit 1) l
                             on l.state = :state and l.at > :at - make_interval(secs => :gap)
                                and l.began_at > :at - make_interval(secs => :day)
                          where d.id = :dataset) d
                     on s.dataset_id = d.id and s.began_at = d.last
                   when matched then
                        update set at = greatest(s.at, :at), rev = :rev, latest = :latest
                   when not matched then
                        insert (began_at, at, latest, dataset_id, rev, state)
                        values (:at, :at, :latest, d.id, :rev, :state)
                  """);
          for (DatasetAge age : ages) {
            batch
                .bind("dataset", age.id())
                .bind("at", age.at().atOffset(ZoneOffset.UTC))
                .bind("state", age.state().name())
                .bind("rev", age.revision())
                .bind("latest", age.latest() == null ? null : age.latest().atOffset(ZoneOffset.UTC))
                .bind("gap", Setting.DATASET_SAMPLE_GAP.time().toSeconds())
                .bind("day", DAY)
                .add();
          }
          batch.execute();
        });
  }
}
