package io.refdata.persistence.item;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition that an item must satisfy to be in a list. */
public sealed interface Condition {
  /**
   * The property has one of these values. For a reference and for owners they are codes; for
   * identifiers they are written {@code ISIN:FR0000133308}. A year stands for all its days.
   */
  record AnyOf(Property property, List<Object> values) implements Condition {}

  /**
   * The property is less than, greater than … a value; an item without the property never satisfies
   * this. A year stands for all its days; an item of which only the year is known comes before the
   * days of that year.
   */
  record Compares(Property property, Operator operator, Object value) implements Condition {}

  /** The name contains a text, without regard to case and accents. */
  record NameContains(String text) implements Condition {}

  /**
   * The property refers to a region or to one that lies in it, at any depth: a descendant, or a
   * member of a group.
   *
   * @param property the reference to a region; in a list of regions, their {@code parent}: then the
   *     item itself lies in the region
   * @param on the day on which memberships count; null: none counts, only descendants
   */
  record Within(Property property, Code region, @Nullable MembershipDay on) implements Condition {}

  /** The item is a region that is itself a member of a group on a day. */
  record MemberOf(Code group, MembershipDay on) implements Condition {}

  /** A day is not before the first day of an item's life, nor after its last; it may lack both. */
  record InForce(ItemType.Period life, LocalDate on) implements Condition {}

  /** The item is a region that is an ancestor of the given one, at any depth. */
  record AncestorOf(Code region) implements Condition {}

  /**
   * The item's position is in a box of degrees; a box that crosses the antimeridian has west
   * greater than east.
   */
  record InBox(double west, double south, double east, double north) implements Condition {}

  /** The operators that compare two values, with the names that clients use. */
  enum Operator {
    EQ("="),
    NE("<>"),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">=");

    private final String sql;

    Operator(String sql) {
      this.sql = sql;
    }

    public String sql() {
      return sql;
    }
  }
}
