package io.refdata.persistence.dataset;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dataset.Details;
import io.refdata.domain.dataset.DatasetInUse;
import io.refdata.domain.feature.FeatureSetKind;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.fault.Precondition;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.freshness.Change;
import io.refdata.persistence.partition.LeafTables;
import io.refdata.persistence.partition.Partition;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.revision.AuditRows;
import io.refdata.persistence.revision.ResourceBusy;
import io.refdata.persistence.revision.Revisions;
import io.refdata.persistence.upkeep.Bounded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * The stored datasets. Each call is a transaction of its own unless it runs in one. A caller that
 * also uses a dataset's provider or unit needs one transaction around both.
 */
@ApplicationScoped
@Transactional
public class Datasets {
  @PersistenceContext private EntityManager entities;
  @Inject private Revisions revisions;
  @Inject private Jdbi jdbi;

  /** The result of a write. */
  public record Written(Dataset dataset, boolean created) {}

  public Optional<Dataset> find(Code code) {
    return session().bySimpleNaturalId(Dataset.class).loadOptional(code);
  }

  /** At most {@code limit} datasets in the order of codes, after the given code. */
  public List<Dataset> list(@Nullable Code after, int limit) {
    SelectionQuery<Dataset> query =
        session()
            .createSelectionQuery(
                "select d from Dataset d left join fetch d.provider left join fetch d.unit"
                    + (after == null ? "" : " where d.code > :after")
                    + " order by d.code",
                Dataset.class)
            .setMaxResults(limit);
    if (after != null) {
      query.setParameter("after", after);
    }
    return query.getResultList();
  }

  /**
   * Creates a dataset, with the parent tables of its partitions, or replaces the stored one.
   *
   * @throws InvalidItem if the code is an address of rows of a feature set; one that was created
   *     before there were any may be replaced
   * @throws DatasetInUse if its dimensions, frequency or interval would change though it has
   *     series, partitions or rollups
   * @throws ResourceBusy if they would change while a load is merged into it, or while old
   *     partitions are removed
   */
  public Written put(
      Code code, String name, Details details, Precondition precondition, Author author) {
    Change change = revisions.open(author);
    find(code).filter(stored -> !isDefinedBy(stored, details)).ifPresent(this::lockTopic);
    lockRow(code);
    Dataset present = locked(code).orElse(null);
    precondition.check(code, present);
    if (present == null) {
      requireFree(code);
      Dataset created = new Dataset(code, name, details);
      created.beginAt(
          jdbi.withHandle(handle -> AuditRows.firstVersion(handle, "curated.dataset", code, null)));
      entities.persist(created);
      entities.flush();
      jdbi.useHandle(
          handle -> new PartitionTables(handle, Objects.requireNonNull(created.id())).create());
      change.touch(DatasetDependencies.written(code));
      return new Written(created, true);
    }
    if (!isDefinedBy(present, details) && isUsed(present)) {
      throw new DatasetInUse(
          code
              + " has series, partitions or rollups: its dimensions, frequency and interval are"
              + " fixed. They can only change if it is deleted and created anew.");
    }
    present.redefine(name, details);
    entities.flush();
    change.touch(DatasetDependencies.written(code));
    return new Written(present, false);
  }

  /**
   * Deletes a dataset and its series. Its tables remain until {@link #dropTables}.
   *
   * @param purge true if its observations may be deleted with it
   * @return its id
   * @throws DatasetInUse if it holds observations and {@code purge} is false
   * @throws ResourceBusy if a load is being merged into it
   */
  public int delete(Code code, Precondition precondition, boolean purge, Author author) {
    Change change = revisions.open(author);
    find(code).ifPresent(this::lockTopic);
    Dataset dataset = locked(code).orElseThrow(() -> new NoSuchItem("datasets", code.value()));
    precondition.check(code, dataset);
    int id = Objects.requireNonNull(dataset.id());
    jdbi.useHandle(
        handle -> {
          boolean filled = holdsObservations(handle, id);
          if (filled && !purge) {
            throw new DatasetInUse(code + " holds observations; purge=true deletes them with it.");
          }
          handle.execute("delete from curated.series where dataset_id = ?", id);
          new PartitionTables(handle, id).forget();
        });
    entities.remove(dataset);
    entities.flush();
    change.touch(DatasetDependencies.written(code));
    return id;
  }

  private static boolean holdsObservations(Handle handle, int id) {
    List<Partition> partitions = new PartitionTables(handle, id).find().all();
    return handle
        .createQuery("select exists (select from " + LeafTables.values(partitions) + " o)")
        .mapTo(Boolean.class)
        .one();
  }

  /**
   * Drops the tables of a deleted dataset. It waits a little for transactions that still read them,
   * so it cannot run in the transaction of the deletion: call it when that is committed. What it
   * leaves, the task PARTITIONS drops.
   */
  @Transactional(Transactional.TxType.NEVER)
  public void dropTables(int id) {
    jdbi.useTransaction(
        handle -> {
          Bounded.waits(handle);
          new PartitionTables(handle, id).drop();
        });
  }

  private static void requireFree(Code code) {
    if (FeatureSetKind.isAddress(code)) {
      throw new InvalidItem(
          List.of(
              new Fault(
                  "/code",
                  "'%s' cannot be a dataset: /datasets/%s has the rows of the feature set of that code"
                      .formatted(code, code))));
    }
  }

  private static boolean isDefinedBy(Dataset dataset, Details details) {
    return dataset.dimensions().equals(details.dimensions())
        && dataset.frequency() == details.frequency()
        && dataset.partitioning().interval() == details.partitioning().interval();
  }

  /**
   * Keeps loads and pushes from writing into a dataset until the transaction ends. All writers take
   * the lock of the topic before that of the dataset's row.
   *
   * @throws ResourceBusy if a load holds the lock for too long: a writer of reference data, which
   *     has others wait, does not wait longer
   */
  private void lockTopic(Dataset dataset) {
    try {
      jdbi.useHandle(
          handle -> {
            int id = Objects.requireNonNull(dataset.id());
            Revisions.lock(handle, id);
            new PartitionTables(handle, id).lock();
          });
    } catch (UnableToExecuteStatementException e) {
      throw ResourceBusy.of(e, "A load is being merged into " + dataset.code() + ".");
    }
  }

  private boolean isUsed(Dataset dataset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select exists (select from curated.series where dataset_id = :id)"
                        + " or exists (select from curated.partition where dataset_id = :id)"
                        + " or exists (select from curated.rollup where dataset_id = :id)")
                .bind("id", dataset.id())
                .mapTo(Boolean.class)
                .one());
  }

  private Optional<Dataset> locked(Code code) {
    Optional<Dataset> found = find(code);
    found.ifPresent(dataset -> entities.refresh(dataset, LockModeType.PESSIMISTIC_WRITE));
    return found;
  }

  /** Waits for no longer than a request does: all other writers of reference data wait for this. */
  private void lockRow(Code code) {
    try {
      jdbi.useHandle(
          handle -> {
            Revisions.limitWaits(handle);
            handle.execute(
                "select from curated.dataset where code = ? for no key update", code.value());
          });
    } catch (UnableToExecuteStatementException e) {
      throw ResourceBusy.of(e, "Old partitions of " + code + " are being removed.");
    }
  }

  private Session session() {
    return entities.unwrap(Session.class);
  }
}
