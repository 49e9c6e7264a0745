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
import io.refdata.persistence.revision.Revisions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How reference items are written: one writer at a time, one revision a transaction, all faults at
 * once or none. All calls want a transaction around them.
 */
@ApplicationScoped
public class ItemWriting {
  @PersistenceContext private EntityManager entities;
  @Inject private Revisions revisions;
  @Inject private Items items;
  @Inject private Validator validator;

  /** What became of a write. */
  public record Written(Item item, boolean created) {}

  /**
   * Creates an item or replaces what is on file of it. If nothing changes, nothing is written.
   *
   * @throws io.refdata.domain.item.fault.InvalidItem if the item cannot be so
   * @throws io.refdata.domain.item.fault.VersionMismatch if the precondition does not hold
   * @throws io.refdata.domain.item.fault.PreconditionRequired if the item exists and nothing was
   *     said
   */
  public Written put(Address address, ItemValues draft, Precondition precondition, Author author) {
    Change change = revisions.open(author);
    Item present = items.findStored(address).orElse(null);
    precondition.check(address.code(), present);
    if (present != null) {
      assign(address, present, draft, change);
      return new Written(present, false);
    }
    Item item = address.type().create(address.code());
    new Assignment(items, validator, address, item).make(draft);
    entities.persist(item);
    entities.flush();
    change.touch(ItemDependencies.comesOrGoes(address));
    return new Written(item, true);
  }

  /**
   * Changes part of an item. If nothing changes, nothing is written.
   *
   * @param draft what the item is to be, made from what it is
   * @throws NoSuchItem if it is not on file
   * @throws io.refdata.domain.item.fault.InvalidItem if the item cannot be so
   */
  public Item patch(
      Address address,
      Function<ItemView, ItemValues> draft,
      Precondition precondition,
      Author author) {
    Change change = revisions.open(author);
    Item item = require(address);
    precondition.check(address.code(), item);
    assign(address, item, draft.apply(items.view(address.type(), item)), change);
    return item;
  }

  private void assign(Address address, Item item, ItemValues draft, Change change) {
    Map<Property, @Nullable Object> before = ItemDependencies.values(address.type(), item);
    new Assignment(items, validator, address, item).make(draft);
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
   */
  public void delete(Address address, Precondition precondition, Author author) {
    Change change = revisions.open(author);
    Item item = require(address);
    precondition.check(address.code(), item);
    List<String> referrers = items.referrers(address.type(), item, address.list());
    if (!referrers.isEmpty()) {
      throw new ItemStillReferenced(address.toString(), referrers);
    }
    entities.remove(item);
    entities.flush();
    change.touch(ItemDependencies.comesOrGoes(address));
  }

  private Item require(Address address) {
    return items.findStored(address).map(item -> (Item) item).orElseThrow(address::noSuchItem);
  }
}
