package io.refdata.persistence.item.batch;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.PreconditionRequired;
import io.refdata.domain.item.fault.VersionMismatch;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.Address;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.batch.BatchFault.Kind;
import io.refdata.persistence.item.write.Violations;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Checks the operations of a batch against what is stored, and finds all faults. Items of a batch
 * may refer to each other in any order. The caller holds the lock of the reference data.
 */
final class BatchCheck {
  private final Handle handle;
  private final Validator validator;
  private final ItemSet set;
  private final Map<Code, ItemView> present;
  private final StoredItems stored = new StoredItems();
  private final Map<Code, Operation> operations = new HashMap<>();
  private final List<DraftedItem> drafted = new ArrayList<>();
  private final List<BatchFault> faults;

  /**
   * @param present the items of the operations that are on file
   * @param faults those that were found before; others are added
   */
  BatchCheck(
      Handle handle,
      Validator validator,
      ItemSet set,
      Map<Code, ItemView> present,
      List<BatchFault> faults) {
    this.handle = handle;
    this.validator = validator;
    this.set = set;
    this.present = present;
    this.faults = faults;
  }

  /** Checks all operations; their codes are different. */
  void check(List<Operation> all) {
    all.forEach(operation -> operations.put(operation.code(), operation));
    all.forEach(this::draft);
    all.forEach(operation -> stored.want(set, operation.code()));
    for (DraftedItem item : drafted) {
      item.named().forEach(named -> named.sets().forEach(set -> stored.want(set, named.code())));
    }
    stored.read(handle);
    drafted.forEach(this::checkValues);
    checkParents();
    checkDeletions(all);
  }

  /** The items to write. */
  List<DraftedItem> drafted() {
    return drafted;
  }

  /** The ids of all items that were looked up. */
  StoredItems stored() {
    return stored;
  }

  private void draft(Operation operation) {
    ItemView current = present.get(operation.code());
    if (current == null && operation.kind() != Operation.Kind.PUT) {
      fault(
          Kind.NOT_FOUND,
          operation.pointer("/code"),
          String.valueOf(
              new Address(set.type(), set.list(), operation.code()).noSuchItem().getMessage()));
      return;
    }
    checkPrecondition(operation, current);
    if (operation.draft() != null) {
      drafted.add(new DraftedItem(set, operation, operation.draft().of(current)));
    }
  }

  private void checkPrecondition(Operation operation, @Nullable ItemView current) {
    String pointer = operation.pointer("/ifMatch");
    try {
      operation
          .precondition()
          .checkVersion(operation.code(), current == null ? null : current.version());
    } catch (PreconditionRequired e) {
      fault(Kind.PRECONDITION_REQUIRED, pointer, String.valueOf(e.getMessage()));
    } catch (VersionMismatch e) {
      fault(Kind.PRECONDITION_FAILED, pointer, String.valueOf(e.getMessage()));
    }
  }

  private void checkValues(DraftedItem drafted) {
    Operation operation = drafted.operation();
    List<Fault> found = new ArrayList<>(drafted.values().faults());
    Set<String> faulty = new TreeSet<>();
    for (DraftedItem.Named named : drafted.named()) {
      if (isDeleted(named)) {
        faulty.add(named.pointer());
        fault(
            Kind.CONFLICT,
            operation.pointer("/item" + named.pointer()),
            named.code() + " is deleted by the same request");
      } else if (!isThere(named)) {
        found.add(new Fault(named.pointer(), named.absence()));
      }
    }
    found.forEach(fault -> faulty.add(fault.pointer()));
    found.addAll(Violations.of(validator, set.type(), item(drafted), faulty));
    for (Fault fault : found) {
      fault(Kind.INVALID, operation.pointer("/item" + fault.pointer()), fault.detail());
    }
  }

  /** The item without what it refers to: of that it has only the codes. */
  private Item item(DraftedItem drafted) {
    ItemType<?> type = set.type();
    Item item = type.create(drafted.operation().code());
    for (Property property : type.properties()) {
      Object value = drafted.values().values().get(property);
      if (property.inUrl() && set.list() != null) {
        property.set(item, Catalogue.CODE_LISTS.create(set.list()));
      } else if (value != null) {
        property.set(
            item,
            property.kind() == PropertyKind.REFERENCE
                ? Catalogue.of(property.target()).create((Code) value)
                : value);
      }
    }
    return item;
  }

  private boolean isDeleted(DraftedItem.Named named) {
    return operation(named).filter(its -> its.kind() == Operation.Kind.DELETE).isPresent()
        && named.sets().stream()
            .noneMatch(other -> !other.equals(set) && isStored(other, named.code()));
  }

  private boolean isThere(DraftedItem.Named named) {
    return named.sets().stream().anyMatch(where -> isStored(where, named.code()))
        || operation(named).filter(its -> its.kind() == Operation.Kind.PUT).isPresent();
  }

  private boolean isStored(ItemSet where, Code code) {
    return stored.id(where, code).isPresent();
  }

  /** The operation of the batch on a named item, if it is one of its own. */
  private Optional<Operation> operation(DraftedItem.Named named) {
    return named.sets().contains(set)
        ? Optional.ofNullable(operations.get(named.code()))
        : Optional.empty();
  }

  /** No item may become its own ancestor, by what is stored and by what is going to be. */
  private void checkParents() {
    Map<Code, Code> above = new HashMap<>();
    List<Code> parents =
        drafted.stream().flatMap(item -> item.parent().stream()).distinct().toList();
    if (parents.isEmpty()) {
      return;
    }
    above.putAll(new Ancestors(handle, set).of(parents));
    for (DraftedItem item : drafted) {
      Code code = item.operation().code();
      item.parent().ifPresentOrElse(parent -> above.put(code, parent), () -> above.remove(code));
    }
    for (DraftedItem item : drafted) {
      if (isBelowItself(item.operation().code(), above)) {
        fault(
            Kind.INVALID,
            item.operation().pointer("/item/parent"),
            "%s is %s itself or one of its descendants"
                .formatted(item.parent().orElseThrow(), item.operation().code()));
      }
    }
  }

  private static boolean isBelowItself(Code code, Map<Code, Code> above) {
    Set<Code> seen = new HashSet<>();
    for (Code at = above.get(code); at != null && seen.add(at); at = above.get(at)) {
      if (at.equals(code)) {
        return true;
      }
    }
    return false;
  }

  private void checkDeletions(List<Operation> all) {
    List<Code> deleted =
        all.stream()
            .filter(operation -> operation.kind() == Operation.Kind.DELETE)
            .map(Operation::code)
            .filter(code -> stored.id(set, code).isPresent())
            .sorted(Comparator.comparing(Code::value))
            .toList();
    if (deleted.isEmpty()) {
      return;
    }
    new Deletion(handle, set, stored)
        .referrers(deleted, stored.ids(set, operations.keySet()))
        .forEach(
            (code, referrers) ->
                fault(
                    Kind.CONFLICT,
                    Objects.requireNonNull(operations.get(code)).pointer("/code"),
                    "%s/%s is referred to by %s"
                        .formatted(set, code, String.join(", ", referrers))));
  }

  private void fault(Kind kind, String pointer, String detail) {
    if (faults.size() < BatchFault.MOST) {
      faults.add(BatchFault.of(kind, pointer, detail));
    }
  }
}
