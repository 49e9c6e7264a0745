package io.refdata.persistence.rollup;

import io.refdata.domain.aggregation.Composition;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.rollup.RolledRegions;
import io.refdata.domain.rollup.Rollup;
import io.refdata.persistence.bucket.StoredRollup;
import io.refdata.persistence.dataset.DatasetCache;
import io.refdata.persistence.revision.ResourceBusy;
import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Postponed;
import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Task;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Fills rollups of regions anew whose members, or the rules of whose indicators, have changed.
 * Until then the observations answer in their place, so nothing is wrong meanwhile, but slower.
 */
@Dependent
public class RefillRollups implements Task {
  private static final String NAME = "REFILL_ROLLUPS";

  private final Jdbi jdbi;
  private final OptimizationLog log;
  private final DatasetCache datasets;
  private final Rollups rollups;

  @Inject
  public RefillRollups(Jdbi jdbi, OptimizationLog log, DatasetCache datasets, Rollups rollups) {
    this.jdbi = jdbi;
    this.log = log;
    this.datasets = datasets;
    this.rollups = rollups;
  }

  /** A rollup and its dataset. */
  record Outdated(Code dataset, Rollup rollup) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public Pace pace() {
    return Pace.LONG;
  }

  @Override
  public void run(Consumer<Step> done) {
    for (Outdated one : jdbi.withHandle(RefillRollups::find)) {
      log.run(NAME, one.dataset() + " " + one.rollup().name(), () -> refill(one), done);
    }
  }

  /**
   * Those whose buckets are of other members, or by another rule, than they would be now, and those
   * of which nobody can tell: the step of each says why, and the others are filled all the same.
   */
  static List<Outdated> find(Handle handle) {
    return handle
        .createQuery(
            StoredRollup.SELECT
                + ", d.code"
                + StoredRollup.FROM
                + " where r.dimension is not null and r.frequency <> d.frequency order by r.id")
        .map((row, context) -> new Outdated(new Code(row.getString(11)), StoredRollup.read(row)))
        .list()
        .stream()
        .filter(one -> mayBeOutdated(handle, one.rollup()))
        .toList();
  }

  private static boolean mayBeOutdated(Handle handle, Rollup rollup) {
    try {
      return isOutdated(handle, rollup);
    } catch (UnansweredQuestion e) {
      return true;
    }
  }

  private static boolean isOutdated(Handle handle, Rollup rollup) {
    RolledRegions regions = Objects.requireNonNull(rollup.regions());
    Composition now = RegionDefinition.composition(handle, regions.codes());
    // One that has lost all members can't be filled.
    return regions.codes().stream().noneMatch(code -> now.membersEver(code).isEmpty())
        && (!regions.keep(regions.codes(), now) || Rollups.hasOtherRules(handle, rollup));
  }

  private @Nullable String refill(Outdated outdated) {
    try {
      datasets
          .find(outdated.dataset())
          .ifPresent(dataset -> rollups.refill(dataset, outdated.rollup()));
    } catch (ResourceBusy e) {
      throw new Postponed(String.valueOf(e.getMessage()));
    }
    return null;
  }
}
