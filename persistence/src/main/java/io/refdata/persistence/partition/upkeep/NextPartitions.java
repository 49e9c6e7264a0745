package io.refdata.persistence.partition.upkeep;

import io.refdata.domain.dataset.Interval;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.partition.Partitions;
import io.refdata.persistence.upkeep.Bounded;
import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Step;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/**
 * The partitions after the latest observation of a dataset, as many as the dataset says. They are
 * created before their first observation comes.
 */
@Dependent
public class NextPartitions {
  private final Jdbi jdbi;
  private final OptimizationLog log;

  @Inject
  public NextPartitions(Jdbi jdbi, OptimizationLog log) {
    this.jdbi = jdbi;
    this.log = log;
  }

  /**
   * Creates what a dataset lacks after a load. What cannot be created now is created by {@link
   * PartitionUpkeep} later.
   *
   * @param dataset its code; nothing is done if it does not exist any more
   */
  public void create(String dataset) {
    jdbi.withHandle(handle -> KeptDataset.find(handle, dataset))
        .ifPresent(found -> create(found, present(found), step -> {}));
  }

  void create(KeptDataset dataset, Partitions present, Consumer<Step> done) {
    List<Instant> missing = missing(dataset, present);
    if (!missing.isEmpty()) {
      log.run("CREATE_PARTITIONS", dataset.code(), () -> create(dataset, missing), done);
    }
  }

  Partitions present(KeptDataset dataset) {
    return jdbi.withHandle(handle -> new PartitionTables(handle, dataset.id()).find());
  }

  /** The starts of the partitions after the latest observation that the dataset lacks. */
  private static List<Instant> missing(KeptDataset dataset, Partitions present) {
    List<Instant> missing = new ArrayList<>();
    if (dataset.latest() != null) {
      Interval interval = dataset.partitioning().interval();
      Instant start = interval.floor(dataset.latest());
      for (int i = 0; i < dataset.partitioning().premake(); i++) {
        start = interval.next(start);
        if (present.at(start).isEmpty()
            && present.all().size() + missing.size() < PartitionTables.MOST) {
          missing.add(start);
        }
      }
    }
    return missing;
  }

  private String create(KeptDataset dataset, List<Instant> starts) {
    for (Instant start : starts) {
      jdbi.useTransaction(
          handle -> {
            Bounded.waits(handle);
            new PartitionTables(handle, dataset.id()).create(start);
          });
    }
    return "from " + starts.get(0) + ": " + starts.size();
  }
}
