package io.refdata.persistence.rollup;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.fault.Precondition;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.rollup.Rollup;
import io.refdata.domain.rollup.TooManyRollups;
import io.refdata.persistence.partition.LeafTables;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.revision.ResourceBusy;
import io.refdata.persistence.revision.Revisions;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** The rollups of datasets. Each call is a transaction of its own. */
@Dependent
public class Rollups {
  private static final long MOST = Setting.ROLLUPS.number();

  private static final String COLUMNS =
      """
      select r.id, r.name, r.version, d.frequency, r.frequency, r.aggregation, r.since
        from curated.rollup r
        join curated.dataset d on d.id = r.dataset_id
      """;

  private final Jdbi jdbi;

  @Inject
  public Rollups(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * What is to be kept.
   *
   * @param aggregation null for the rule of each indicator
   */
  public record Definition(Frequency frequency, @Nullable Aggregation aggregation) {}

  /** The result of a write. */
  public record Written(Rollup rollup, boolean created) {}

  static List<Rollup> of(Handle handle, int dataset) {
    return handle
        .createQuery(COLUMNS + " where r.dataset_id = :dataset order by r.name")
        .bind("dataset", dataset)
        .map((row, context) -> read(row))
        .list();
  }

  static Rollup read(ResultSet row) throws SQLException {
    String aggregation = row.getString(6);
    return new Rollup(
        row.getInt(1),
        new Code(row.getString(2)),
        row.getInt(3),
        Frequency.valueOf(row.getString(4)),
        Frequency.valueOf(row.getString(5)),
        aggregation == null ? null : Aggregation.valueOf(aggregation),
        row.getInt(7));
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
                .map((row, context) -> read(row))
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
        .map((row, context) -> read(row))
        .findOne();
  }

  /**
   * Creates a rollup, or defines it anew, and fills it from the observations that are there. Past
   * states are kept from the latest revision on.
   *
   * @throws TooManyRollups if the dataset has as many as it may
   * @throws NoSuchItem if the dataset was deleted
   * @throws ResourceBusy if a load is being merged into the dataset, or if its frequency has
   *     changed
   */
  public Written put(Dataset dataset, Code name, Definition definition, Precondition condition) {
    return locked(dataset, handle -> put(handle, dataset, name, definition, condition));
  }

  private static Written put(
      Handle handle, Dataset dataset, Code name, Definition definition, Precondition condition) {
    Rollup present = find(handle, dataset, name).orElse(null);
    condition.checkVersion(name, present == null ? null : present.version());
    if (present != null && present.frequency() == definition.frequency()) {
      boolean same = present.aggregation() == definition.aggregation();
      return new Written(same ? present : redefine(handle, dataset, name, definition), false);
    }
    int version = present == null ? 0 : present.version() + 1;
    if (present != null) {
      delete(handle, present);
    } else if (of(handle, id(dataset)).size() >= MOST) {
      throw new TooManyRollups(dataset.code(), MOST);
    }
    return new Written(create(handle, dataset, name, definition, version), present == null);
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
      Handle handle, Dataset dataset, Code name, Definition definition, int version) {
    handle.execute(
        """
        insert into curated.rollup (dataset_id, version, since, name, frequency, aggregation)
        values (?, ?, coalesce((select r.rev from ref.revision r where r.topic = ?
                                 order by r.at desc, r.rev desc limit 1), 0), ?, ?, ?)
        """,
        dataset.id(),
        version,
        dataset.id(),
        name.value(),
        definition.frequency().name(),
        text(definition.aggregation()));
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
