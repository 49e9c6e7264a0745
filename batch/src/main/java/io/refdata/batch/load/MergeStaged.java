package io.refdata.batch.load;

import io.refdata.batch.load.intake.LoadTarget;
import io.refdata.batch.load.intake.Stopwatch;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.load.Load;
import io.refdata.persistence.Connections;
import io.refdata.persistence.freshness.Change;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.item.write.ItemCaches;
import io.refdata.persistence.layout.LayoutJson;
import io.refdata.persistence.load.LoadCounts;
import io.refdata.persistence.load.LoadQueue;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Collection;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * Merges the staged rows in one transaction. If the staged rows are gone, because the database
 * crashed after staging, the load is put back and staged again.
 */
@Named
@Dependent
public class MergeStaged extends LoadStep {
  private static final Logger LOG = Logger.getLogger(MergeStaged.class);

  @Inject private ItemCaches caches;
  @Inject private Versions versions;
  @Inject private LoadTargets targets;
  @Inject private LoadQueue queue;

  /**
   * Files for the same dataset or collection are merged in the order of their arrival, however long
   * the staging of each takes: so the last file that was sent wins. A load whose turn has not come
   * yet is put back.
   */
  @Override
  protected boolean run(Load load) {
    if (load.state() == Load.State.MERGING && !queue.hasPredecessor(load.id())) {
      merge(load);
    }
    return loads.find(load.id()).orElseThrow().state() == Load.State.COMPLETED;
  }

  private void merge(Load load) {
    LoadTarget target = targets.find(load, LayoutJson.parse(load.definition()));
    if (!load.dryRun()) {
      Stopwatch partitioning = Stopwatch.start();
      target
          .createPartitions()
          .ifPresent(count -> loads.addStep(load.id(), partitioning.step("partition", count)));
    }
    Stopwatch watch = Stopwatch.start();
    try (Change change = versions.begin()) {
      Collection<? extends ItemType<?>> written = merge(target, change);
      change.committed();
      written.forEach(caches::evict);
    }
    Load merged = loads.find(load.id()).orElseThrow();
    loads.addStep(load.id(), watch.step("merge", Objects.requireNonNullElse(load.staged(), 0L)));
    LoadCounts.completed(merged);
    LOG.infof(
        "Load %d%s into %s: inserted %,d, revised %,d, unchanged %,d, rejected %,d",
        load.id(),
        load.dryRun() ? ", a dry run," : "",
        load.into(),
        merged.rows().inserted(),
        merged.rows().revised(),
        merged.rows().unchanged(),
        merged.rows().rejected());
  }

  private Collection<? extends ItemType<?>> merge(LoadTarget target, Change change) {
    try {
      return target.merge(change);
    } catch (RuntimeException e) {
      if (Connections.lost(e)) {
        // The transaction may be committed all the same, and then the types that it wrote are not
        // known.
        caches.evictAll();
      }
      throw e;
    }
  }
}
