package io.refdata.persistence.item;

import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import java.util.List;

/** What an item must be to stand in a list. */
public sealed interface Condition {
  /**
   * One of these values; of a reference and of owners, one of these codes; of identifiers, one of
   * these, written {@code ISIN:FR0000133308}. A year stands for all its days.
   */
  record AnyOf(Property property, List<Object> values) implements Condition {}

  /**
   * Less than, greater than … a value; an item without the property never is. A year stands for all
   * its days; an item of which only the year is known comes before the days of that year.
   */
  record Compares(Property property, Operator operator, Object value) implements Condition {}

  /** A name that contains a text, without regard to case and accents. */
  record NameContains(String text) implements Condition {}

  /**
   * A region that is, or lies at any depth in, another.
   *
   * @param property the reference to a region; for a list of regions itself, its {@code parent}
   */
  record Within(Property property, Code region) implements Condition {}

  /** A region that another lies in, at any depth. */
  record Around(Code region) implements Condition {}

  /** A place in a box of degrees; one that crosses the antimeridian has west greater than east. */
  record InBox(double west, double south, double east, double north) implements Condition {}

  /** How two values compare, under the name that clients use. */
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
