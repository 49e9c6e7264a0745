package io.refdata.persistence.reference;

import io.refdata.catalogue.Catalogue;
import io.refdata.persistence.reference.ItemList.Order;
import io.refdata.reference.Code;
import io.refdata.reference.ItemType;
import io.refdata.reference.Property;
import io.refdata.reference.YearOrDay;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one place where lists of items become SQL. Every value is bound; names of tables and columns
 * come from the catalogue alone.
 */
final class ItemSql {
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> bound = new ArrayList<>();

  /** The parameter of the revision as of which the tables are read; null for what is known now. */
  private @Nullable String revision;

  private ItemSql() {}

  String sql() {
    return sql.toString();
  }

  List<Object> bound() {
    return bound;
  }

  /**
   * The ids of a page, of a past state the whole items; one more than the limit if there are more.
   * Paging is by key: the condition {@code after} names where the page before ended, so the last
   * page costs what the first does.
   */
  static ItemSql page(ItemList list) {
    ItemSql query = new ItemSql();
    query.select(list);
    if (list.list() != null) {
      query
          .and()
          .append("i.list_id = (select l.id from ")
          .append(query.table(Catalogue.CODE_LISTS))
          .append(" l where l.code = ")
          .append(query.bind(list.list()))
          .append(')');
    }
    list.conditions().forEach(query::and);
    List<Order> order = new ArrayList<>(list.order());
    order.add(new Order(list.type().code(), false));
    if (list.after() != null) {
      query.after(order, list.after());
    }
    query
        .sql
        .append(" order by ")
        .append(
            order.stream()
                .map(
                    by ->
                        "i."
                            + by.property().column()
                            + (by.descending() ? " desc" : "")
                            + (by.property().required() ? "" : " nulls last"))
                .collect(Collectors.joining(", ")))
        .append(" limit ")
        .append(query.bind(list.limit() + 1));
    return query;
  }

  private void select(ItemList list) {
    if (list.past() == null) {
      sql.append("select i.id from ").append(list.type().table());
    } else {
      String at = bind(list.past().revision());
      revision = at;
      sql.append("select ").append(PastSql.columns(list.type(), "i")).append(" from ");
      sql.append(byCode(list) ? PastSql.byCode(list.type(), at) : PastSql.list(list.type(), at));
    }
    sql.append(" i where true");
  }

  /** Whether the first of a list are the first by code, so that the rest need not be looked at. */
  private static boolean byCode(ItemList list) {
    return list.list() == null
        && list.order().isEmpty()
        && list.conditions().stream()
            .allMatch(
                condition ->
                    condition instanceof Condition.AnyOf any
                        && any.property().equals(list.type().code()));
  }

  /** What is read where items of a type are looked up. */
  private String table(ItemType<?> type) {
    return revision == null ? type.table() : PastSql.all(type, revision);
  }

  private StringBuilder and() {
    return sql.append(" and ");
  }

  private void and(Condition condition) {
    and();
    if (condition instanceof Condition.AnyOf any) {
      anyOf(any);
    } else if (condition instanceof Condition.Compares compares) {
      compares(compares);
    } else if (condition instanceof Condition.NameContains contains) {
      sql.append("ref.fold(i.name) like '%' || ref.fold(")
          .append(bind(contains.text().replaceAll("([\\\\%_])", "\\\\$1")))
          .append(") || '%'");
    } else if (condition instanceof Condition.Within within) {
      within(within);
    } else if (condition instanceof Condition.InBox box) {
      inBox(box);
    }
  }

  private void anyOf(Condition.AnyOf any) {
    Property property = any.property();
    boolean reference = property.kind() == Property.Kind.REFERENCE;
    if (reference) {
      sql.append("i.")
          .append(property.column())
          .append(" in (select r.id from ")
          .append(table(Catalogue.of(property.target())))
          .append(" r where r.code in (");
    } else {
      sql.append("i.").append(property.column()).append(" in (");
    }
    sql.append(any.values().stream().map(this::bind).collect(Collectors.joining(", ")))
        .append(reference ? "))" : ")");
  }

  private void compares(Condition.Compares compares) {
    String column = "i." + compares.property().column();
    if (compares.value() instanceof YearOrDay value && value.text().length() == 4) {
      // A year means all its days: '2012-05-01' is not greater than the year 2012.
      column = "left(" + column + ", 4)";
    }
    sql.append(column)
        .append(' ')
        .append(compares.operator().sql())
        .append(' ')
        .append(bind(compares.value()));
  }

  private void within(Condition.Within within) {
    sql.append("i.")
        .append(within.property().column())
        .append(
            """
             in (with recursive inside as (
                   select r.id from %s r where r.code = %s
                   union
                   select r.id from %1$s r join inside on r.parent_id = inside.id)
                 select id from inside)\
            """
                .formatted(table(Catalogue.REGIONS), bind(within.region())));
  }

  private void inBox(Condition.InBox box) {
    sql.append("i.latitude between ")
        .append(bind(box.south()))
        .append(" and ")
        .append(bind(box.north()))
        .append(" and ");
    String west = bind(box.west());
    String east = bind(box.east());
    if (box.west() <= box.east()) {
      sql.append("i.longitude between ").append(west).append(" and ").append(east);
    } else {
      sql.append("(i.longitude >= ")
          .append(west)
          .append(" or i.longitude <= ")
          .append(east)
          .append(')');
    }
  }

  /** What sorts after a key: equal in the first properties, and after it in the next. */
  private void after(List<Order> order, List<@Nullable Object> key) {
    List<String> alternatives = new ArrayList<>();
    String equal = "";
    for (int i = 0; i < order.size(); i++) {
      Property property = order.get(i).property();
      String column = "i." + property.column();
      Object value = key.get(i);
      if (value == null) {
        equal += column + " is null and ";
        continue;
      }
      String beyond = column + (order.get(i).descending() ? " < " : " > ") + bind(value);
      alternatives.add(
          equal + (property.required() ? beyond : "(" + beyond + " or " + column + " is null)"));
      equal += column + " = " + bind(value) + " and ";
    }
    and().append("((").append(String.join(") or (", alternatives)).append("))");
  }

  private String bind(Object value) {
    bound.add(
        value instanceof Code code
            ? code.value()
            : value instanceof YearOrDay day ? day.text() : value);
    return "?" + bound.size();
  }

  /**
   * Who refers to an item: up to a few as {@code facilities/ABC}. Everything that can refer to an
   * item of this type has a part in it: references, codes of a list, dimensions of series.
   */
  static ItemSql referrers(ItemType<?> type, int id, Code code, @Nullable Code list) {
    ItemSql query = new ItemSql();
    List<String> parts = new ArrayList<>();
    for (ItemType<?> other : Catalogue.all()) {
      for (Property property : other.properties()) {
        if (property.kind() == Property.Kind.REFERENCE && property.target() == type.entity()) {
          parts.add(query.referrer(other, property, "= " + query.bind(id)));
        } else if (list != null && property.list().filter(list::equals).isPresent()) {
          parts.add(query.referrer(other, property, "= " + query.bind(code)));
        }
      }
    }
    query.addDatasets(parts, type, id, code, list);
    query.sql.append(String.join(" union all ", parts));
    return query;
  }

  private String referrer(ItemType<?> other, Property property, String matches) {
    String name =
        other == Catalogue.CODES
            ? "'code-lists/' || (select l.code from ref.code_list l where l.id = i.list_id)"
                + " || '/codes/' || i.code"
            : "'" + other.collection() + "/' || i.code";
    return "(select %s as referrer from %s i where i.%s %s limit 3)"
        .formatted(name, other.table(), property.column(), matches);
  }

  private void addDatasets(
      List<String> parts, ItemType<?> type, int id, Code code, @Nullable Code list) {
    String values = list == null ? type.collection() : "code-lists/" + list;
    parts.add(
        """
        (select 'datasets/' || d.code || '/series/' || s.key
           from curated.dataset d
           join curated.series s on s.dataset_id = d.id
          where %s = s.dimensions[array_position(d.dimension_values, %s)]
          limit 3)\
        """
            .formatted(bind(code), bind(values)));
    if (type == Catalogue.CODE_LISTS) {
      parts.add(
          "(select 'datasets/' || d.code from curated.dataset d where %s = any(d.dimension_values)"
                  .formatted(bind("code-lists/" + code))
              + " limit 3)");
    }
    if (type == Catalogue.PROVIDERS || type == Catalogue.UNITS) {
      parts.add(
          "(select 'datasets/' || d.code from curated.dataset d where d.%s = %s limit 3)"
              .formatted(type == Catalogue.UNITS ? "unit_id" : "provider_id", bind(id)));
    }
  }
}
