package io.refdata.persistence.item.write;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.Owners;
import io.refdata.persistence.item.Address;
import io.refdata.persistence.item.ItemValues;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Assigns values to an item, and finds all faults in them. */
final class Assignment {
  private final Items items;
  private final Validator validator;
  private final Address address;
  private final Item item;
  private final List<Fault> faults = new ArrayList<>();

  Assignment(Items items, Validator validator, Address address, Item item) {
    this.items = items;
    this.validator = validator;
    this.address = address;
    this.item = item;
  }

  /**
   * @throws InvalidItem with all faults at once: values that are not of their kind, references to
   *     items that do not exist, codes that are not in their code list, and violated rules of
   *     properties
   */
  void apply(ItemValues newValues) {
    faults.addAll(newValues.faults());
    for (Property property : address.type().properties()) {
      Object value = newValues.values().get(property);
      Code list = address.list();
      if (property.inUrl() && list != null) {
        property.set(item, require(Catalogue.CODE_LISTS, list));
      } else if (property != address.type().code()) {
        assign(property, value);
      }
    }
    validate();
    if (!faults.isEmpty()) {
      throw new InvalidItem(faults);
    }
  }

  private Item require(ItemType<?> type, Code code) {
    return items
        .find(type, code)
        .orElseThrow(() -> new NoSuchItem(type.collection(), code.value()));
  }

  private void assign(Property property, @org.jspecify.annotations.Nullable Object value) {
    if (value == null) {
      property.set(item, null);
    } else if (property.kind() == PropertyKind.REFERENCE) {
      refer(property, (Code) value);
    } else {
      checkListed(property, value);
      if (value instanceof Owners owners) {
        checkOwners(property, owners);
      }
      property.set(item, value);
    }
  }

  private void refer(Property property, Code code) {
    ItemType<?> target = Catalogue.of(property.target());
    Optional<? extends Item> found =
        target == Catalogue.CODES && address.list() != null
            ? items.findCode(address.list(), code)
            : items.find(target, code);
    if (found.isEmpty()) {
      fault(property, target.collection() + " has no item with the code " + code);
    } else if (property.name().equals("parent") && items.isSameOrBelow(target, found.get(), item)) {
      fault(property, code + " is " + item.code() + " itself or one of its descendants");
    } else {
      property.set(item, found.get());
    }
  }

  private void checkListed(Property property, Object value) {
    List<Code> lists = property.lists();
    if (!lists.isEmpty()
        && lists.stream().allMatch(list -> items.findCode(list, (Code) value).isEmpty())) {
      fault(
          property,
          lists.size() == 1
              ? "the code list " + lists.get(0) + " has no code " + value
              : "none of the code lists "
                  + lists.stream().map(Code::value).collect(Collectors.joining(", "))
                  + " has a code "
                  + value);
    }
  }

  private void checkOwners(Property property, Owners owners) {
    ItemType<?> target = Catalogue.of(property.target());
    List<Code> codes = owners.all().stream().map(Owners.Owner::organization).toList();
    Map<Code, String> nameByCode = items.names(target, codes);
    for (int i = 0; i < codes.size(); i++) {
      if (!nameByCode.containsKey(codes.get(i))) {
        faults.add(
            new Fault(
                "/%s/%d/organization".formatted(property.name(), i),
                target.collection() + " has no item with the code " + codes.get(i)));
      }
    }
  }

  private void fault(Property property, String detail) {
    faults.add(new Fault("/" + property.name(), detail));
  }

  private void validate() {
    Set<String> faulty = new TreeSet<>(faults.stream().map(Fault::pointer).toList());
    faults.addAll(Violations.of(validator, address.type(), item, faulty));
  }
}
