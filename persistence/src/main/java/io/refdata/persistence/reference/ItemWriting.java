package io.refdata.persistence.reference;

import io.refdata.catalogue.Catalogue;
import io.refdata.persistence.revision.Revisions;
import io.refdata.reference.Code;
import io.refdata.reference.Fault;
import io.refdata.reference.InvalidItem;
import io.refdata.reference.Item;
import io.refdata.reference.ItemStillReferenced;
import io.refdata.reference.ItemType;
import io.refdata.reference.NoSuchItem;
import io.refdata.reference.Precondition;
import io.refdata.reference.Property;
import io.refdata.revision.Author;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

  /**
   * Which item is written.
   *
   * @param list the code list, of one of its codes; else null
   */
  public record Address(ItemType<?> type, @Nullable Code list, Code code) {
    @Override
    public String toString() {
      return list == null ? type + "/" + code : "code-lists/" + list + "/codes/" + code;
    }
  }

  /** What became of a write. */
  public record Written(Item item, boolean created) {}

  /**
   * Creates an item or replaces what is on file of it. If nothing changes, nothing is written.
   *
   * @param values its properties but the code; one that is absent, the item will not have.
   *     References are the codes of what they refer to.
   * @throws InvalidItem if the item cannot be so
   * @throws io.refdata.reference.VersionMismatch if the precondition does not hold
   * @throws io.refdata.reference.PreconditionRequired if the item exists and nothing was said
   */
  public Written put(
      Address address, Map<Property, Object> values, Precondition precondition, Author author) {
    revisions.open(author);
    Item present = locked(address).orElse(null);
    precondition.check(address.code(), present);
    Item item = present == null ? address.type().create(address.code()) : present;
    List<Fault> faults = new ArrayList<>();
    assign(item, address, values, faults);
    validate(item, faults);
    if (!faults.isEmpty()) {
      throw new InvalidItem(faults);
    }
    if (present == null) {
      entities.persist(item);
    }
    entities.flush();
    return new Written(item, present == null);
  }

  /**
   * Deletes an item.
   *
   * @throws NoSuchItem if it is not on file
   * @throws ItemStillReferenced if another item or a series refers to it
   */
  public void delete(Address address, Precondition precondition, Author author) {
    revisions.open(author);
    Item item =
        locked(address)
            .orElseThrow(() -> new NoSuchItem(address.type().collection(), address.code().value()));
    precondition.check(address.code(), item);
    List<String> referrers = items.referrers(address.type(), item, address.list());
    if (!referrers.isEmpty()) {
      throw new ItemStillReferenced(address.toString(), referrers);
    }
    entities.remove(item);
    entities.flush();
  }

  /** The item as the database has it now, past all caches. */
  private Optional<? extends Item> locked(Address address) {
    return lookUp(address)
        .map(
            found -> {
              Item item = (Item) org.hibernate.Hibernate.unproxy(found);
              entities.refresh(item, LockModeType.PESSIMISTIC_WRITE);
              return item;
            });
  }

  private Optional<? extends Item> lookUp(Address address) {
    return address.list() == null
        ? items.find(address.type(), address.code())
        : items.findCode(address.list(), address.code());
  }

  private void assign(
      Item item, Address address, Map<Property, Object> values, List<Fault> faults) {
    for (Property property : address.type().properties()) {
      if (property.name().equals("code")) {
        continue;
      }
      Object value = values.get(property);
      Code list = address.list();
      if (list != null && property.name().equals("list")) {
        property.set(item, require(Catalogue.CODE_LISTS, list));
      } else if (value == null) {
        property.set(item, null);
      } else if (property.kind() == Property.Kind.REFERENCE) {
        refer(item, address, property, (Code) value, faults);
      } else {
        checkListed(property, value, faults);
        property.set(item, value);
      }
    }
  }

  private Item require(ItemType<?> type, Code code) {
    return items
        .find(type, code)
        .orElseThrow(() -> new NoSuchItem(type.collection(), code.value()));
  }

  private void refer(Item item, Address address, Property property, Code code, List<Fault> faults) {
    ItemType<?> target = Catalogue.of(property.target());
    Optional<? extends Item> found =
        target == Catalogue.CODES && address.list() != null
            ? items.findCode(address.list(), code)
            : items.find(target, code);
    if (found.isEmpty()) {
      faults.add(
          new Fault(pointer(property), target.collection() + " has no item with the code " + code));
      return;
    }
    if (property.name().equals("parent") && reaches(found.get(), item, property)) {
      faults.add(new Fault(pointer(property), code + " lies below " + item.code() + " itself"));
      return;
    }
    property.set(item, found.get());
  }

  /** Whether an item is, or lies below, another; on the way up a tree that has no cycle yet. */
  private static boolean reaches(Item from, Item to, Property parent) {
    Item at = from;
    while (at != null) {
      if (at.equals(to)) {
        return true;
      }
      at = (Item) parent.of(at);
    }
    return false;
  }

  private void checkListed(Property property, Object value, List<Fault> faults) {
    property
        .list()
        .filter(list -> items.findCode(list, (Code) value).isEmpty())
        .ifPresent(
            list ->
                faults.add(
                    new Fault(
                        pointer(property), "the code list " + list + " has no code " + value)));
  }

  private void validate(Item item, List<Fault> faults) {
    Set<String> known = new TreeSet<>(faults.stream().map(Fault::pointer).toList());
    validator.validate(item).stream()
        .map(violation -> new Fault("/" + violation.getPropertyPath(), violation.getMessage()))
        .filter(fault -> !known.contains(fault.pointer()))
        .sorted(java.util.Comparator.comparing(Fault::pointer).thenComparing(Fault::detail))
        .forEach(faults::add);
  }

  private static String pointer(Property property) {
    return "/" + property.name();
  }
}
