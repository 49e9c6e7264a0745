package io.refdata.persistence.item.write;

import io.refdata.domain.item.Item;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.fault.ItemStillReferenced;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.fault.Precondition;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.freshness.Change;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.item.Address;
import io.refdata.persistence.item.ItemDependencies;
import io.refdata.persistence.item.ItemValues;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.revision.AuditRows;
import io.refdata.persistence.revision.ResourceBusy;
import io.refdata.persistence.revision.Revisions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * Writes reference items: one writer at a time, one revision for each transaction. If there are
 * faults, all are reported at once and nothing is written. All calls need a transaction around
 * them.
 */
@ApplicationScoped
public class ItemWriting {
  @PersistenceContext private EntityManager entities;
  @Inject private Revisions revisions;
  @Inject private Items items;
  @Inject private Validator validator;
  @Inject private Jdbi jdbi;

  /** The result of a write. */
  public record Written(Item item, boolean created) {}

  /**
   * Creates an item or replaces the stored one. If nothing changes, nothing is written.
   *
   * @throws io.refdata.domain.item.fault.InvalidItem if the item cannot be so
   * @throws io.refdata.domain.item.fault.VersionMismatch if the precondition does not hold
   * @throws io.refdata.domain.item.fault.PreconditionRequired if the item exists and there is no
   *     precondition
   */
  public Written put(Address address, ItemValues draft, Precondition precondition, Author author) {
    Item present = items.findLocked(address).orElse(null);
    Change change = revisions.openLocked(author);
    precondition.check(address.code(), present);
    if (present != null) {
      assign(address, present, draft, change);
      return new Written(present, false);
    }
    Item item = address.type().create(address.code());
    new Assignment(items, validator, address, item).apply(draft);
    item.beginAt(
        jdbi.withHandle(
            handle ->
                AuditRows.firstVersion(
                    handle, address.type().table(), address.code(), address.list())));
    entities.persist(item);
    entities.flush();
    change.touch(ItemDependencies.createdOrDeleted(address));
    return new Written(item, true);
  }

  /**
   * Changes part of an item. If nothing changes, nothing is written.
   *
   * @param draft computes the new values of the item from the current ones
   * @throws NoSuchItem if it is not on file
   * @throws io.refdata.domain.item.fault.InvalidItem if the item cannot be so
   */
  public Item patch(
      Address address,
      Function<ItemView, ItemValues> draft,
      Precondition precondition,
      Author author) {
    Item item = require(address);
    Change change = revisions.openLocked(author);
    precondition.check(address.code(), item);
    assign(address, item, draft.apply(items.view(address.type(), item)), change);
    return item;
  }

  private void assign(Address address, Item item, ItemValues draft, Change change) {
    Map<Property, @Nullable Object> before = ItemDependencies.values(address.type(), item);
    new Assignment(items, validator, address, item).apply(draft);
    Dependencies changed = ItemDependencies.changes(address, before, item);
    entities.flush();
    if (changed != null) {
      change.touch(changed);
    }
  }

  /**
   * Deletes an item.
   *
   * @throws NoSuchItem if it is not on file
   * @throws ItemStillReferenced if another item or a series refers to it
   * @throws ResourceBusy if a load of series that refer to it is being merged
   */
  public void delete(Address address, Precondition precondition, Author author) {
    Item item = require(address);
    Change change = revisions.openLocked(author);
    precondition.check(address.code(), item);
    waitForNewSeries(address, item);
    List<String> referrers = items.referrers(address.type(), item, address.list());
    if (!referrers.isEmpty()) {
      throw new ItemStillReferenced(address.toString(), referrers);
    }
    entities.remove(item);
    entities.flush();
    change.touch(ItemDependencies.createdOrDeleted(address));
  }

  /** Waits for writers of new series, which lock the items of these: then their series are seen. */
  private void waitForNewSeries(Address address, Item item) {
    try {
      jdbi.useHandle(
          handle -> {
            Revisions.limitWaits(handle);
            handle.execute(
                "select from %s where id = ? for update".formatted(address.type().table()),
                item.id());
          });
    } catch (UnableToExecuteStatementException e) {
      throw ResourceBusy.of(e, "A load that refers to " + address + " is being merged.");
    }
  }

  private Item require(Address address) {
    return items.findLocked(address).orElseThrow(address::noSuchItem);
  }
}
