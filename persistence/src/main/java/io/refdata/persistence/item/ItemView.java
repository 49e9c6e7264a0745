package io.refdata.persistence.item;

import io.refdata.domain.item.Item;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.Owners;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An item as clients see it.
 *
 * @param members the names of its properties, in their order, then of the expanded referring items,
 *     and then {@code distanceKm} for a neighbour of a place
 * @param values the values of the members: null, a number, an {@code Integer}, a {@link Reference},
 *     an {@code ItemView} where a reference is expanded, a list of them, {@code Identifiers}, a
 *     list of {@link Part}, or another object that is written as its text
 */
public record ItemView(
    ItemType<?> type, int version, List<String> members, List<@Nullable Object> values) {
  /** A reference to another item. */
  public record Reference(String code, String name) {}

  /** The share of one owner in an item. */
  public record Part(Reference organization, BigDecimal share) {
    @Override
    public String toString() {
      return organization.code() + ":" + share.toPlainString();
    }
  }

  /**
   * @param names finds the names of organizations by their codes
   */
  public static ItemView of(
      ItemType<?> type, Item item, Function<List<Code>, Map<Code, String>> names) {
    List<String> members = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    for (Property property : type.shown()) {
      Object value = property.of(item);
      if (value instanceof Item other) {
        value = new Reference(other.code().value(), other.name());
      } else if (value instanceof Owners owners) {
        value = parts(owners, names);
      }
      members.add(property.name());
      values.add(value);
    }
    return new ItemView(type, item.version(), members, values);
  }

  private static List<Part> parts(Owners owners, Function<List<Code>, Map<Code, String>> names) {
    Map<Code, String> nameByCode =
        names.apply(owners.all().stream().map(Owners.Owner::organization).toList());
    List<Part> parts = new ArrayList<>();
    for (Owners.Owner owner : owners.all()) {
      String name = Objects.requireNonNull(nameByCode.get(owner.organization()));
      parts.add(new Part(new Reference(owner.organization().value(), name), owner.share()));
    }
    return parts;
  }

  /** The value of a member; also null if there is no such member. */
  public @Nullable Object get(String member) {
    int index = members.indexOf(member);
    return index < 0 ? null : values.get(index);
  }

  /** The same item with one more member, at its end. */
  public ItemView and(String member, @Nullable Object value) {
    List<String> moreMembers = new ArrayList<>(members);
    moreMembers.add(member);
    List<@Nullable Object> moreValues = new ArrayList<>(values);
    moreValues.add(value);
    return new ItemView(type, version, moreMembers, moreValues);
  }

  public String code() {
    return Objects.toString(get("code"));
  }
}
