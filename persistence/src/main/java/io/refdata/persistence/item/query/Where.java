package io.refdata.persistence.item.query;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.YearOrDay;
import io.refdata.persistence.item.Condition;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.sql.SqlText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The conditions of a list, as SQL about a table with the alias {@code i}. */
final class Where {
  private static final String CODE = "code";

  private final Sql sql;

  /**
   * True if the table is one of current items, or of runs: if it has the indexes for conditions.
   */
  private final boolean indexed;

  private Where(Sql sql, boolean indexed) {
    this.sql = sql;
    this.indexed = indexed;
  }

  /** Adds the conditions of a list, which hold for all its pages. */
  static void conditions(Sql sql, ItemList list) {
    Where where = new Where(sql, !sql.isPast());
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

  /** The condition that a run has a value that satisfies a condition. */
  static String run(Sql sql, Condition condition) {
    return new Where(sql, true).sql(condition);
  }

  private String sql(Condition condition) {
    if (condition instanceof Condition.AnyOf any) {
      return anyOf(any);
    } else if (condition instanceof Condition.Compares compares) {
      return compares(compares);
    } else if (condition instanceof Condition.NameContains contains) {
      return contains(contains);
    } else if (condition instanceof Condition.Within within) {
      return new Inside(sql).within(within);
    } else if (condition instanceof Condition.MemberOf memberOf) {
      return new Inside(sql).memberOf(memberOf);
    } else if (condition instanceof Condition.InForce inForce) {
      return Inside.inForce("i", inForce.life(), sql.bind(inForce.on()));
    } else if (condition instanceof Condition.AncestorOf ancestorOf) {
      return ancestorOf(ancestorOf);
    } else {
      return inBox((Condition.InBox) condition);
    }
  }

  private String contains(Condition.NameContains contains) {
    // Escaped after it is folded: there are other characters that are folded to these.
    String text =
        "regexp_replace(ref.fold(" + sql.bind(contains.text()) + "), '([\\\\%_])', '\\\\\\1', 'g')";
    return (indexed && sql.isPast() ? "i.folded_name" : "ref.fold(i.name)")
        + " like "
        + sql.hiddenFromPlanner("'%' || " + text + " || '%'");
  }

  private String anyOf(Condition.AnyOf any) {
    Property property = any.property();
    String column = "i." + property.column();
    return switch (property.kind()) {
      case REFERENCE -> references(column, Catalogue.of(property.target()), any.values());
      case OWNERS -> "ref.keys(%s) && %s".formatted(column, texts(any.values()));
      case IDENTIFIERS -> "string_to_array(%s, ';') && %s".formatted(column, texts(any.values()));
      case YEAR_OR_DAY -> yearsOrDays(property, any.values());
      default ->
          property.name().equals(CODE)
              ? column + sql.isOneCodeOf(any.values())
              : column + sql.isOneOf(any.values());
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
    if (codes.size() == 1 && target != Catalogue.CODES) {
      return column + " = " + PastSql.id(sql, target, codes.get(0));
    }
    return SqlText.of("<column> in (select r.id from <items> r where r.code<is_one_of>)")
        .with("column", column)
        .with("items", sql.table(target))
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
    return indexed ? inside(box) + " and (" + near(box) + ")" : inside(box);
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
}
