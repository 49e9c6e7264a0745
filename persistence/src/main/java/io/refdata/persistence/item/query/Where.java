package io.refdata.persistence.item.query;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.YearOrDay;
import io.refdata.persistence.item.Condition;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemList.Order;
import io.refdata.persistence.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conditions and the order of a list, as SQL about a table with the alias {@code i}. */
final class Where {
  private final Sql sql;

  private Where(Sql sql) {
    this.sql = sql;
  }

  /** Adds the conditions of a list, which hold for all its pages. */
  static void conditions(Sql sql, ItemList list) {
    Where where = new Where(sql);
    sql.add(" where true");
    if (list.list() != null) {
      sql.add(" and i.list_id = (select l.id from ")
          .add(sql.table(Catalogue.CODE_LISTS))
          .add(" l where l.code = ")
          .add(sql.bind(list.list()))
          .add(")");
    }
    list.conditions().forEach(condition -> sql.add(" and ").add(where.sql(condition)));
  }

  /**
   * Adds the condition that a page begins after the page before it, the order and the limit. Paging
   * is by key: the condition names the end of the page before, so the last page costs as much as
   * the first.
   */
  static void page(Sql sql, ItemList list) {
    after(sql, list);
    sql.add(" order by ").add(terms(sql, list));
    if (list.limit() != null) {
      // One item more than requested shows whether there is a next page. The number stands in the
      // text: a plan for any limit expects a tenth of the table, and seems so expensive that the
      // server would plan each list again instead, which takes longer than the list.
      sql.add(" limit " + (list.limit() + 1));
    }
  }

  /** Adds the condition that a page begins after the page before it. */
  static void after(Sql sql, ItemList list) {
    if (list.after() != null) {
      new Where(sql).after(order(list), list.after());
    }
  }

  /** The order of a list, as it stands in SQL. */
  static String terms(Sql sql, ItemList list) {
    return new Where(sql).terms(order(list));
  }

  private static List<Order> order(ItemList list) {
    List<Order> order = new ArrayList<>(list.order());
    order.add(new Order(list.type().code(), false));
    return order;
  }

  private String terms(List<Order> order) {
    return order.stream()
        .map(
            by ->
                value(by.property())
                    + (by.descending() ? " desc" : "")
                    + (isAlwaysThere(by.property()) ? "" : " nulls last"))
        .collect(Collectors.joining(", "));
  }

  private static boolean isAlwaysThere(Property property) {
    return property.required() || property.name().equals("code");
  }

  /** The expression that a property sorts by; for a reference, its code. */
  private String value(Property property) {
    return property.kind() == PropertyKind.REFERENCE
        ? "(select s.code from %s s where s.id = i.%s)"
            .formatted(sql.table(Catalogue.of(property.target())), property.column())
        : "i." + property.column();
  }

  private String sql(Condition condition) {
    if (condition instanceof Condition.AnyOf any) {
      return anyOf(any);
    } else if (condition instanceof Condition.Compares compares) {
      return compares(compares);
    } else if (condition instanceof Condition.NameContains contains) {
      return contains(sql, "ref.fold(i.name)", contains);
    } else if (condition instanceof Condition.Within within) {
      return within(within);
    } else if (condition instanceof Condition.AncestorOf ancestorOf) {
      return ancestorOf(ancestorOf);
    } else {
      return inBox((Condition.InBox) condition);
    }
  }

  /** A condition that a folded name contains a text. */
  static String contains(Sql sql, String folded, Condition.NameContains contains) {
    String text = contains.text().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    return folded
        + " like "
        + sql.hiddenFromPlanner("'%' || ref.fold(" + sql.bind(text) + ") || '%'");
  }

  private String anyOf(Condition.AnyOf any) {
    Property property = any.property();
    String column = "i." + property.column();
    return switch (property.kind()) {
      case REFERENCE -> references(column, Catalogue.of(property.target()), any.values());
      case OWNERS -> "ref.keys(%s) && %s".formatted(column, texts(any.values()));
      case IDENTIFIERS -> "string_to_array(%s, ';') && %s".formatted(column, texts(any.values()));
      case YEAR_OR_DAY -> yearsOrDays(property, any.values());
      default -> column + sql.isOneOf(any.values());
    };
  }

  private String yearsOrDays(Property property, List<Object> values) {
    Map<Boolean, List<Object>> byYear =
        values.stream().collect(Collectors.partitioningBy(value -> ((YearOrDay) value).isYear()));
    return byYear.values().stream()
        .filter(some -> !some.isEmpty())
        .map(some -> comparable(property, some.get(0)) + sql.isOneOf(some))
        .collect(Collectors.joining(" or ", "(", ")"));
  }

  /**
   * A code identifies one item, except for the codes of lists. If the SQL says so, the index by
   * reference and code yields the list already in order.
   */
  private String references(String column, ItemType<?> target, List<Object> codes) {
    String table = sql.table(target);
    return codes.size() == 1 && target != Catalogue.CODES && !sql.isPast()
        ? SqlText.of("<column> = (select r.id from <items> r where r.code = <code>)")
            .with("column", column)
            .with("items", table)
            .with("code", sql.bind(codes.get(0)))
            .text()
        : SqlText.of("<column> in (select r.id from <items> r where r.code<is_one_of>)")
            .with("column", column)
            .with("items", table)
            .with("is_one_of", sql.isOneOf(codes))
            .text();
  }

  private String texts(List<Object> values) {
    return sql.bindAll(values) + "::text[]";
  }

  private String compares(Condition.Compares compares) {
    return compares(compares.property(), compares.operator(), compares.value());
  }

  private String compares(Property property, Condition.Operator operator, Object value) {
    return comparable(property, value) + " " + operator.sql() + " " + sql.bind(value);
  }

  /** The part of a column that is compared with a value. */
  private static String comparable(Property property, Object value) {
    String column = "i." + property.column();
    // A year means all its days: '2012-05-01' is not greater than the year 2012.
    return value instanceof YearOrDay day && day.isYear() ? "left(" + column + ", 4)" : column;
  }

  private String within(Condition.Within within) {
    String inside =
        SqlText.of(
                """
                with recursive inside as (
                  select r.id from <regions> r where r.code = <region>
                  union
                  select r.id from <regions> r join inside on r.parent_id = inside.id)
                select id from inside\
                """)
            .with("regions", sql.table(Catalogue.REGIONS))
            .with("region", sql.bind(within.region()))
            .text();
    // An array is computed once; a join would go through the regions for each item.
    return "i.%s %s"
        .formatted(
            within.property().column(),
            sql.isPast() ? "in (" + inside + ")" : "= any(array(" + inside + "))");
  }

  private String ancestorOf(Condition.AncestorOf ancestorOf) {
    return SqlText.of(
            """
            i.id in (
              with recursive ancestors as (
                select r.parent_id as id from <regions> r where r.code = <region>
                union
                select r.parent_id from <regions> r join ancestors on r.id = ancestors.id)
              select id from ancestors)\
            """)
        .with("regions", sql.table(Catalogue.REGIONS))
        .with("region", sql.bind(ancestorOf.region()))
        .text();
  }

  private String inBox(Condition.InBox box) {
    return sql.isPast() ? inside(box) : inside(box) + " and (" + near(box) + ")";
  }

  /**
   * A condition that the index supports; it also accepts positions that are outside by a millionth
   * of a degree.
   */
  private String near(Condition.InBox box) {
    return box.west() <= box.east()
        ? near(box, box.west(), box.east())
        : near(box, box.west(), 180) + " or " + near(box, -180, box.east());
  }

  private String near(Condition.InBox box, double west, double east) {
    return SqlText.of(
            "point(i.longitude, i.latitude) <@ box(point(<west>, <south>), point(<east>, <north>))")
        .with("west", sql.bind(west))
        .with("south", sql.bind(box.south()))
        .with("east", sql.bind(east))
        .with("north", sql.bind(box.north()))
        .text();
  }

  private String inside(Condition.InBox box) {
    return SqlText.of(
            "i.latitude between <south> and <north>"
                + " and (i.longitude >= <west> <and_or> i.longitude <= <east>)")
        .with("south", sql.bind(box.south()))
        .with("north", sql.bind(box.north()))
        .with("west", sql.bind(box.west()))
        .with("and_or", box.west() <= box.east() ? "and" : "or")
        .with("east", sql.bind(box.east()))
        .text();
  }

  /**
   * Adds the condition that an item sorts after a key: equal in the first properties, and greater
   * in the next.
   */
  private void after(List<Order> order, List<@Nullable Object> key) {
    List<String> alternatives = new ArrayList<>();
    String equal = "";
    for (int i = 0; i < order.size(); i++) {
      Property property = order.get(i).property();
      String column = value(property);
      Object value = key.get(i);
      if (value == null) {
        equal += column + " is null and ";
        continue;
      }
      String bound = sql.bind(value);
      String beyond = column + (order.get(i).descending() ? " < " : " > ") + bound;
      alternatives.add(
          equal
              + (isAlwaysThere(property) ? beyond : "(" + beyond + " or " + column + " is null)"));
      equal += column + " = " + bound + " and ";
      if (i == 0 && isAlwaysThere(property)) {
        // Follows from the alternatives, but an index can begin with it.
        sql.add(" and " + column + (order.get(i).descending() ? " <= " : " >= ") + bound);
      }
    }
    sql.add(" and ((").add(String.join(") or (", alternatives)).add("))");
  }
}
