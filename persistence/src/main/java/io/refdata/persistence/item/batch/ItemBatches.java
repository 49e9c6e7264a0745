package io.refdata.persistence.item.batch;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.revision.Author;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.Connections;
import io.refdata.persistence.freshness.Change;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.item.Address;
import io.refdata.persistence.item.ItemDependencies;
import io.refdata.persistence.item.ItemValues;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.batch.Batch.Done;
import io.refdata.persistence.item.batch.Batch.Status;
import io.refdata.persistence.item.query.ItemRows;
import io.refdata.persistence.item.write.ItemCaches;
import io.refdata.persistence.item.write.Violations;
import io.refdata.persistence.revision.ResourceBusy;
import io.refdata.persistence.revision.Revisions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Writes many items of a set in one transaction and one revision, all of them or none. The number
 * of statements does not depend on the number of items. Batches and other writes of reference data
 * wait for each other before they read anything, so none is lost and no two hold each other up.
 */
@Dependent
public class ItemBatches {
  /** A batch that changes nothing goes back to it, and leaves no revision. */
  private static final String BEFORE = "before_batch";

  private final Jdbi jdbi;
  private final Validator validator;
  private final Versions versions;
  private final ItemCaches caches;

  @Inject
  public ItemBatches(Jdbi jdbi, Validator validator, Versions versions, ItemCaches caches) {
    this.jdbi = jdbi;
    this.validator = validator;
    this.versions = versions;
    this.caches = caches;
  }

  /**
   * Writes the items. If there is a fault, nothing is written.
   *
   * @param operations no two of the same code
   * @param faults those that were found in further operations of the batch; at least one if there
   *     is no operation
   * @throws BatchRefused if there are faults; it holds all of them
   * @throws io.refdata.domain.item.fault.NoSuchItem if the code list of the codes does not exist
   * @throws ResourceBusy if another write holds the reference data, or an item, for too long
   */
  public Batch write(
      ItemSet set, List<Operation> operations, List<BatchFault> faults, Author author) {
    if (operations.isEmpty()) {
      throw new BatchRefused(faults);
    }
    try (Change change = versions.begin()) {
      Batch batch = write(set, operations, faults, author, change);
      change.committed();
      if (batch.revision() != null) {
        caches.evict(set.type());
      }
      return batch;
    } catch (UnableToExecuteStatementException e) {
      throw ResourceBusy.of(e, "A load of items, or one that refers to them, is being merged.");
    }
  }

  /** The rules that values break on their own, of an item that is not going to be written. */
  public List<Fault> violations(ItemSet set, ItemValues values) {
    return Violations.of(validator, set.type(), values);
  }

  private Batch write(
      ItemSet set,
      List<Operation> operations,
      List<BatchFault> faults,
      Author author,
      Change change) {
    try {
      return jdbi.inTransaction(
          handle -> {
            Revisions.lock(handle, Revision.REFERENCE_DATA);
            requireList(handle, set);
            List<BatchFault> all = new ArrayList<>(faults);
            Map<Code, ItemView> present = present(handle, set, operations);
            BatchCheck check = new BatchCheck(handle, validator, set, present, all);
            check.check(operations);
            if (!all.isEmpty()) {
              throw new BatchRefused(all);
            }
            return write(handle, set, operations, present, check, author, change);
          });
    } catch (RuntimeException e) {
      if (Connections.lost(e)) {
        // The transaction may be committed all the same.
        caches.evictAll();
      }
      throw e;
    }
  }

  private static void requireList(Handle handle, ItemSet set) {
    if (set.list() != null) {
      StoredItems lists = new StoredItems();
      ItemSet all = new ItemSet(Catalogue.CODE_LISTS, null);
      lists.want(all, set.list());
      lists.read(handle);
      if (lists.id(all, set.list()).isEmpty()) {
        throw new Address(Catalogue.CODE_LISTS, null, set.list()).noSuchItem();
      }
    }
  }

  private static Map<Code, ItemView> present(
      Handle handle, ItemSet set, List<Operation> operations) {
    List<Code> codes = operations.stream().map(Operation::code).toList();
    Map<Code, ItemView> present = new HashMap<>();
    for (ItemView item : ItemRows.items(handle, set.type(), set.list(), codes)) {
      present.put(new Code(item.code()), item);
    }
    return present;
  }

  private static Batch write(
      Handle handle,
      ItemSet set,
      List<Operation> operations,
      Map<Code, ItemView> present,
      BatchCheck check,
      Author author,
      Change change) {
    Set<Code> created = new LinkedHashSet<>();
    List<Code> deleted = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation.kind() == Operation.Kind.DELETE) {
        deleted.add(operation.code());
      } else if (!present.containsKey(operation.code())) {
        created.add(operation.code());
      }
    }
    if (!created.isEmpty()) {
      check.stored().number(handle, set, List.copyOf(created));
    }
    handle.savepoint(BEFORE);
    int revision = Revisions.open(handle, Revision.REFERENCE_DATA, author);
    Map<Code, Done> done = new HashMap<>();
    if (!check.drafted().isEmpty()) {
      done.putAll(new Merge(set, check.stored()).write(handle, check.drafted(), created, revision));
    }
    if (!deleted.isEmpty()) {
      new Deletion(handle, set, check.stored())
          .delete(deleted, revision)
          .forEach((code, version) -> done.put(code, new Done(code, Status.DELETED, version)));
    }
    boolean changed = !done.isEmpty();
    if (changed) {
      change.touch(ItemDependencies.loaded(List.of(set.type())));
    } else {
      handle.rollbackToSavepoint(BEFORE);
    }
    List<Done> inOrder = new ArrayList<>();
    for (Operation operation : operations) {
      Done one = done.get(operation.code());
      inOrder.add(
          one == null
              ? new Done(
                  operation.code(),
                  Status.UNCHANGED,
                  Objects.requireNonNull(present.get(operation.code())).version())
              : one);
    }
    return new Batch(changed ? revision : null, inOrder);
  }
}
