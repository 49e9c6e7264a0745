package io.refdata.persistence.item.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.ItemView.Part;
import io.refdata.persistence.item.ItemView.Reference;
import io.refdata.persistence.item.Near;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.sql.SqlText;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The columns of an item and of the items it refers to, and the readers of these columns. One row
 * has all: references are joined, and the items that refer to the item come as an array.
 */
class ItemSelection {

  /** The most items of a page whose references are looked up one by one. */
  private static final int SHORT = 100;

  /** The plans for current items: they depend only on the type and on the expanded names. */
  private static final Map<PlanKey, Plan> CURRENT = new ConcurrentHashMap<>();

  private final List<String> columns = new ArrayList<>();
  private final List<PropertyKind> kinds = new ArrayList<>();
  private final StringBuilder joins = new StringBuilder();
  private final Sql sql;
  private final String prefix;
  private final Map<Property, String> aliases;
  private final boolean fenced;
  private int joined;

  /**
   * @param prefix the prefix of the aliases of joined tables
   * @param aliases the aliases of items referred to that are in the statement already, without a
   *     join
   * @param fenced whether the items referred to are looked up for each row
   */
  ItemSelection(Sql sql, String prefix, Map<Property, String> aliases, boolean fenced) {
    this.sql = sql;
    this.prefix = prefix;
    this.aliases = aliases;
    this.fenced = fenced;
  }

  /** The columns as they stand after {@code select}. */
  String columns() {
    return String.join(", ", columns);
  }

  /** The columns one by one. */
  List<String> expressions() {
    return columns;
  }

  /** The kinds of the columns. */
  List<PropertyKind> kinds() {
    return kinds;
  }

  /** The joins as they stand after the table. */
  String joins() {
    return joins.toString();
  }

  /** Reads a value from a row. */
  @FunctionalInterface
  interface ValueReader {
    @Nullable Object read(ItemRow row) throws SQLException;
  }

  /** Reads an item from a row; null if there is none in it. */
  @FunctionalInterface
  interface ItemReader {
    @Nullable ItemView read(ItemRow row) throws SQLException;
  }

  /** The columns, joins and reader of an item. */
  record Plan(String columns, String joins, ItemReader reader) {
    /** The same for items of a {@link NearPage}, with their distance as the last member. */
    Plan withDistance() {
      return new Plan(
          "i." + NearPage.DISTANCE + ", " + columns,
          joins,
          row -> {
            ItemView item = Objects.requireNonNull(reader.read(row.after(1)));
            return item.and(Near.DISTANCE, row.get(1, PropertyKind.NUMBER));
          });
    }
  }

  /** The key of a plan: there are only as many plans as ways to expand items. */
  private record PlanKey(ItemType<?> type, Set<String> expand, boolean fenced) {}

  /** The plan for the items in the table with the alias {@code i}. */
  static Plan plan(Sql sql, ItemList list) {
    // Of a short page, what it refers to is looked up row by row. The planner would read small
    // tables whole for each statement, because it counts only the cost of their blocks.
    boolean fenced = list.limit() != null && list.limit() <= SHORT;
    return sql.isPast()
        ? create(sql, list.type(), list.expand(), fenced)
        : CURRENT.computeIfAbsent(
            new PlanKey(list.type(), Set.copyOf(list.expand()), fenced),
            key -> create(new Sql(), key.type(), key.expand(), key.fenced()));
  }

  private static Plan create(Sql sql, ItemType<?> type, Set<String> expand, boolean fenced) {
    ItemSelection columns = new ItemSelection(sql, "j", Map.of(), fenced);
    ItemReader reader = columns.item(type, "i", expand);
    return new Plan(columns.columns(), columns.joins(), reader);
  }

  /**
   * Adds a column, unless there is such a one.
   *
   * @return its number
   */
  int column(String expression, PropertyKind kind) {
    int present = columns.indexOf(expression);
    if (present >= 0) {
      return present + 1;
    }
    columns.add(expression);
    kinds.add(kind);
    return columns.size();
  }

  /** Adds the columns of an item. */
  ItemReader item(ItemType<?> type, String alias, Set<String> expand) {
    int versionColumn = column(alias + ".version", PropertyKind.INTEGER);
    List<String> members = new ArrayList<>();
    List<ValueReader> readers = new ArrayList<>();
    for (Property property : type.shown()) {
      members.add(property.name());
      readers.add(value(property, alias, expand.contains(property.name())));
    }
    for (Catalogue.Children children : Catalogue.children(type)) {
      if (expand.contains(children.name())) {
        members.add(children.name());
        readers.add(children(children, alias));
      }
    }
    return row -> {
      Object version = row.get(versionColumn, PropertyKind.INTEGER);
      if (version == null) {
        return null;
      }
      List<@Nullable Object> values = new ArrayList<>(readers.size());
      for (ValueReader reader : readers) {
        values.add(reader.read(row));
      }
      return new ItemView(type, (Integer) version, members, values);
    };
  }

  private ValueReader value(Property property, String alias, boolean expanded) {
    String stored = alias + "." + property.column();
    switch (property.kind()) {
      case REFERENCE -> {
        ItemType<?> target = Catalogue.of(property.target());
        if (expanded) {
          return expanded(target, stored);
        }
        String present = aliases.get(property);
        return present == null ? reference(join(target, stored)) : present(present);
      }
      case OWNERS -> {
        int column = column(owners(property, stored), property.kind());
        return row -> parts((String) row.get(column, property.kind()));
      }
      case IDENTIFIERS -> {
        int column = column(stored, property.kind());
        return row -> {
          Object text = row.get(column, property.kind());
          return text == null ? null : property.parse((String) text).orElseThrow();
        };
      }
      default -> {
        int column = column(stored, property.kind());
        return row -> row.get(column, property.kind());
      }
    }
  }

  private String join(ItemType<?> target, String id) {
    String alias = prefix + ++joined;
    joins
        .append("\n  left join ")
        .append(sql.one(target, alias, "a.code, a.name", "id", id, fenced));
    return alias;
  }

  /** Joins an item with all its properties as one row, which is computed once for each id. */
  ValueReader expanded(ItemType<?> target, String id) {
    ItemSelection inner = new ItemSelection(sql, "r", Map.of(), fenced);
    ItemReader reader = inner.item(target, "e", Set.of());
    String alias = prefix + ++joined;
    int before = columns.size();
    List<String> named = new ArrayList<>();
    for (String expression : inner.columns) {
      PropertyKind kind = inner.kinds.get(named.size());
      named.add(expression + " as c" + (named.size() + 1));
      column(alias + ".c" + named.size(), kind);
    }
    joins.append(
        SqlText.of(
                """

                  left join lateral (select <columns> from <item> e<joins><fence>) <alias> on true\
                """)
            .with("columns", String.join(", ", named))
            .with("item", sql.one(target, "a.*", "id", id, ""))
            .with("joins", inner.joins())
            .with("fence", fenced ? Sql.FENCE : "")
            .with("alias", alias)
            .text());
    return row -> reader.read(row.after(before));
  }

  /** A reference to an item that is in the statement already. */
  ValueReader present(String alias) {
    return reference(alias);
  }

  private ValueReader reference(String alias) {
    int codeColumn = column(alias + ".code", PropertyKind.CODE);
    int nameColumn = column(alias + ".name", PropertyKind.TEXT);
    return row -> {
      Object code = row.get(codeColumn, PropertyKind.TEXT);
      return code == null
          ? null
          : new Reference((String) code, String.valueOf(row.get(nameColumn, PropertyKind.TEXT)));
    };
  }

  private String owners(Property property, String column) {
    return SqlText.of(
            """
            case when <owners> is not null then (
              select json_agg(json_build_array(o.code, o.name, split_part(w.entry, ':', 2))
                                     order by w.position)
                from unnest(string_to_array(<owners>, ';')) with ordinality w (entry, position)
                join <organization>) end\
            """)
        .with("owners", column)
        .with(
            "organization",
            sql.one(
                Catalogue.of(property.target()),
                "o",
                "a.code, a.name",
                "code",
                "split_part(w.entry, ':', 1)",
                false))
        .text();
  }

  private static @Nullable List<Part> parts(@Nullable String json) {
    if (json == null) {
      return null;
    }
    List<Part> parts = new ArrayList<>();
    for (JsonNode part : parse(json)) {
      parts.add(
          new Part(
              new Reference(part.get(0).textValue(), part.get(1).textValue()),
              new BigDecimal(part.get(2).textValue())));
    }
    return parts;
  }

  /** Reads the items that refer to this one, in the order of codes. */
  ValueReader children(Catalogue.Children children, String parent) {
    ItemSelection inner = new ItemSelection(sql, "c", Map.of(children.parent(), parent), fenced);
    ItemReader reader = inner.item(children.type(), "c", Set.of());
    int column =
        column(
            SqlText.of(
                    """
                    (select array_agg(array[<columns>] order by c.code)
                       from <items> c<joins>
                      where c.<reference> = <parent>.id)\
                    """)
                .with("columns", String.join("::text, ", inner.columns) + "::text")
                .with("items", sql.table(children.type()))
                .with("joins", inner.joins())
                .with("reference", children.parent().column())
                .with("parent", parent)
                .text(),
            PropertyKind.TEXT);
    return row -> {
      List<@Nullable ItemView> items = new ArrayList<>();
      @Nullable Object[] rows = row.rows(column);
      if (rows != null) {
        for (Object child : rows) {
          items.add(reader.read(ItemRow.of((@Nullable String[]) Objects.requireNonNull(child))));
        }
      }
      return items;
    };
  }

  private static JsonNode parse(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
