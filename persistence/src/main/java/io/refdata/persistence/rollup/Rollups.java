package io.refdata.persistence.rollup;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.fault.Precondition;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.rollup.RolledRegions;
import io.refdata.domain.rollup.Rollup;
import io.refdata.domain.rollup.TooManyRollups;
import io.refdata.persistence.bucket.StoredRollup;
import io.refdata.persistence.partition.LeafTables;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.revision.ResourceBusy;
import io.refdata.persistence.revision.Revisions;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** The rollups of datasets. Each call is a transaction of its own. */
@Dependent
public class Rollups {
  private static final long MOST = Setting.ROLLUPS.number();

  private static final String COLUMNS = StoredRollup.SELECT + StoredRollup.FROM;

  private final Jdbi jdbi;

  @Inject
  public Rollups(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The definition of a rollup.
   *
   * @param aggregation null for the rule of each indicator
   * @param regions what is worked out from members; null if the series in the data are kept
   */
  public record Definition(
      Frequency frequency, @Nullable Aggregation aggregation, @Nullable Regions regions) {
    /** One of the series in the data. */
    public Definition(Frequency frequency, @Nullable Aggregation aggregation) {
      this(frequency, aggregation, null);
    }

    private static Definition of(Rollup rollup) {
      RolledRegions kept = rollup.regions();
      return new Definition(
          rollup.frequency(),
          rollup.aggregation(),
          kept == null ? null : new Regions(kept.dimension(), kept.codes()));
    }

    private boolean isSaidBy(Rollup rollup) {
      return equals(of(rollup));
    }

    private boolean isOf(Rollup rollup, @Nullable RolledRegions resolved) {
      return isSaidBy(rollup) && Objects.equals(resolved, rollup.regions());
    }

    /** True if the buckets of a rollup are those of the definition. */
    private boolean hasBucketsOf(Rollup rollup) {
      return frequency == rollup.frequency() && regions == null && rollup.regions() == null;
    }
  }

  /**
   * Regions of a dimension.
   *
   * @param dimension its code
   * @param codes each once
   */
  public record Regions(String dimension, List<String> codes) {}

  /** The result of a write. */
  public record Written(Rollup rollup, boolean created) {}

  static List<Rollup> of(Handle handle, int dataset) {
    return handle
        .createQuery(COLUMNS + " where r.dataset_id = :dataset order by r.name")
        .bind("dataset", dataset)
        .map((row, context) -> StoredRollup.read(row))
        .list();
  }

  /** At most {@code limit} of a dataset in the order of names, after the given name. */
  public List<Rollup> list(Dataset dataset, @Nullable Code after, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    COLUMNS
                        + " where r.dataset_id = :dataset and r.name > :after"
                        + " order by r.name limit :limit")
                .bind("dataset", dataset.id())
                .bind("after", after == null ? "" : after.value())
                .bind("limit", limit)
                .map((row, context) -> StoredRollup.read(row))
                .list());
  }

  public Optional<Rollup> find(Dataset dataset, Code name) {
    return jdbi.withHandle(handle -> find(handle, dataset, name));
  }

  private static Optional<Rollup> find(Handle handle, Dataset dataset, Code name) {
    return handle
        .createQuery(COLUMNS + " where r.dataset_id = :dataset and r.name = :name")
        .bind("dataset", dataset.id())
        .bind("name", name.value())
        .map((row, context) -> StoredRollup.read(row))
        .findOne();
  }

  /**
   * Creates a rollup, or defines it anew, and fills it from the observations that are there. Past
   * states are kept from the latest revision on.
   *
   * <p>The same definition again fills a rollup of regions anew if their members have changed.
   *
   * @throws InvalidItem if its regions have no members
   * @throws TooManyRollups if the dataset has as many as it may
   * @throws NoSuchItem if the dataset was deleted
   * @throws ResourceBusy if a load is being merged into the dataset, or if its frequency has
   *     changed
   */
  public Written put(Dataset dataset, Code name, Definition definition, Precondition condition) {
    return locked(dataset, handle -> put(handle, dataset, name, definition, condition));
  }

  /**
   * Fills a rollup of regions anew if their members have changed. One that is not there any more as
   * it was found is left alone: whoever put another in its place has filled that.
   *
   * @param found as it was some time ago
   */
  void refill(Dataset dataset, Rollup found) {
    locked(
        dataset,
        handle ->
            find(handle, dataset, found.name())
                .filter(present -> present.id() == found.id())
                .filter(present -> present.version() == found.version())
                .map(
                    present ->
                        put(
                            handle,
                            dataset,
                            present.name(),
                            Definition.of(present),
                            new Precondition(Set.of(present.version()), false, false))));
  }

  private static Written put(
      Handle handle, Dataset dataset, Code name, Definition definition, Precondition condition) {
    Rollup present = find(handle, dataset, name).orElse(null);
    condition.checkVersion(name, present == null ? null : present.version());
    RolledRegions regions = RegionDefinition.resolve(handle, dataset, definition);
    if (present != null && definition.isOf(present, regions) && !hasOtherRules(handle, present)) {
      return new Written(present, false);
    }
    if (present != null && definition.hasBucketsOf(present)) {
      return new Written(redefine(handle, dataset, name, definition), false);
    }
    int version = version(present, definition);
    if (present != null) {
      delete(handle, present);
    } else if (of(handle, id(dataset)).size() >= MOST) {
      throw new TooManyRollups(dataset.code(), MOST);
    }
    return new Written(
        create(handle, dataset, name, definition, regions, version), present == null);
  }

  private static int version(@Nullable Rollup present, Definition definition) {
    if (present == null) {
      return 0;
    }
    return definition.isSaidBy(present) ? present.version() : present.version() + 1;
  }

  /** An indicator may have another rule than when regions were worked out. */
  static boolean hasOtherRules(Handle handle, Rollup rollup) {
    return rollup.regions() != null
        && handle
            .createQuery(RegionSql.of(handle, rollup).hasOtherRules())
            .mapTo(Boolean.class)
            .one();
  }

  private static Rollup redefine(Handle handle, Dataset dataset, Code name, Definition definition) {
    handle.execute(
        "update curated.rollup set aggregation = ?, version = version + 1"
            + " where dataset_id = ? and name = ?",
        text(definition.aggregation()),
        dataset.id(),
        name.value());
    return find(handle, dataset, name).orElseThrow();
  }

  private static Rollup create(
      Handle handle,
      Dataset dataset,
      Code name,
      Definition definition,
      @Nullable RolledRegions regions,
      int version) {
    handle
        .createUpdate(
            """
            insert into curated.rollup (dataset_id, version, since, name, frequency, aggregation,
                                        dimension, codes, members)
            values (:dataset, :version,
                    coalesce((select r.rev from ref.revision r where r.topic = :dataset
                               order by r.at desc, r.rev desc limit 1), 0),
                    :name, :frequency, :aggregation, :dimension, :codes, :members)
            """)
        .bind("dataset", dataset.id())
        .bind("version", version)
        .bind("name", name.value())
        .bind("frequency", definition.frequency().name())
        .bind("aggregation", text(definition.aggregation()))
        .bind("dimension", regions == null ? null : regions.dimension())
        .bind("codes", texts(regions == null ? null : regions.codes()))
        .bind("members", texts(regions == null ? null : StoredRollup.texts(regions.members())))
        .execute();
    Rollup created = find(handle, dataset, name).orElseThrow();
    TouchedBuckets all = TouchedBuckets.of(handle, id(dataset), List.of(created));
    all.addSeries(
        """
        (select id, earliest as first, latest as last, observations as rows
           from curated.series
          where dataset_id = %d and earliest is not null)\
        """
            .formatted(id(dataset)),
        LeafTables.values(new PartitionTables(handle, id(dataset)).find().all()));
    all.workOut(created.since());
    return created;
  }

  private static String @Nullable [] texts(@Nullable List<String> texts) {
    return texts == null ? null : texts.toArray(String[]::new);
  }

  private static @Nullable String text(@Nullable Aggregation aggregation) {
    return aggregation == null ? null : aggregation.name();
  }

  /**
   * Deletes a rollup with all its buckets.
   *
   * @throws NoSuchItem if there is none of the name
   * @throws ResourceBusy if a load is being merged into the dataset
   */
  public void delete(Dataset dataset, Code name, Precondition condition) {
    locked(
        dataset,
        handle -> {
          Rollup present =
              find(handle, dataset, name)
                  .orElseThrow(() -> new NoSuchItem("rollups", name.value()));
          condition.checkVersion(name, present.version());
          delete(handle, present);
          return present;
        });
  }

  private static void delete(Handle handle, Rollup rollup) {
    handle.execute("delete from curated.rollup where id = ?", rollup.id());
  }

  /** Does something while nobody writes observations of a dataset or defines it anew. */
  private <T> T locked(Dataset dataset, Function<Handle, T> write) {
    try {
      return jdbi.inTransaction(
          handle -> {
            Revisions.lock(handle, id(dataset));
            String frequency =
                handle
                    .createQuery("select frequency from curated.dataset where id = ? for key share")
                    .bind(0, dataset.id())
                    .mapTo(String.class)
                    .findOne()
                    .orElseThrow(() -> new NoSuchItem("datasets", dataset.code().value()));
            if (!frequency.equals(dataset.frequency().name())) {
              throw ResourceBusy.changed(dataset.code());
            }
            return write.apply(handle);
          });
    } catch (UnableToExecuteStatementException e) {
      throw ResourceBusy.of(e, "A load is being merged into " + dataset.code() + ".");
    }
  }

  private static int id(Dataset dataset) {
    return Objects.requireNonNull(dataset.id());
  }
}
