package io.refdata.persistence.item.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.ItemView.Part;
import io.refdata.persistence.item.ItemView.Reference;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The columns that an item is shown from, with those of the items it refers to, and how they are
 * read. All in one statement: references are joined, items that refer to it come as an array.
 */
final class ItemSelection {
  private static final JsonMapper JSON = new JsonMapper();

  /** Of what is known now: what is read does not depend on what is asked for beside it. */
  private static final Map<Shape, Plan> CURRENT = new ConcurrentHashMap<>();

  private final List<String> columns = new ArrayList<>();
  private final StringBuilder joins = new StringBuilder();
  private final Sql sql;
  private final String prefix;
  private final Map<Property, String> aliases;
  private int joined;

  /**
   * @param prefix of the aliases of what is joined
   * @param aliases of what references lead to that is there without a join
   */
  private ItemSelection(Sql sql, String prefix, Map<Property, String> aliases) {
    this.sql = sql;
    this.prefix = prefix;
    this.aliases = aliases;
  }

  /** The columns as they stand after {@code select}. */
  String columns() {
    return String.join(", ", columns);
  }

  /** The joins as they stand after the table. */
  String joins() {
    return joins.toString();
  }

  /** Reads a value from a row. */
  @FunctionalInterface
  interface ValueReader {
    @Nullable Object read(Row row) throws SQLException;
  }

  /** Reads an item from a row; null if there is none in it. */
  @FunctionalInterface
  interface ItemReader {
    @Nullable ItemView read(Row row) throws SQLException;
  }

  /** A row, from the database itself or out of an array in one. */
  interface Row {
    @Nullable Object get(int column, Property.Kind kind) throws SQLException;

    /** The rows in an array of texts; null if there are none. */
    @Nullable Object @Nullable [] rows(int column) throws SQLException;
  }

  /** What is read of an item. */
  record Plan(String columns, String joins, ItemReader reader) {}

  /** What decides about a plan: there are no more of them than ways to expand items. */
  private record Shape(ItemType<?> type, Set<String> expand) {}

  /** The columns of the items in the table called {@code i}. */
  static Plan plan(Sql sql, ItemType<?> type, Set<String> expand) {
    return sql.ofThePast()
        ? made(sql, type, expand)
        : CURRENT.computeIfAbsent(
            new Shape(type, Set.copyOf(expand)), shape -> made(new Sql(), type, shape.expand()));
  }

  private static Plan made(Sql sql, ItemType<?> type, Set<String> expand) {
    ItemSelection columns = new ItemSelection(sql, "j", Map.of());
    ItemReader reader = columns.item(type, "i", expand);
    return new Plan(columns.columns(), columns.joins(), reader);
  }

  /** The row that a result set is at. */
  static Row row(ResultSet rows) {
    return new Row() {
      @Override
      public @Nullable Object get(int column, Property.Kind kind) throws SQLException {
        if (kind == Property.Kind.NUMBER) {
          double number = rows.getDouble(column);
          return rows.wasNull() ? null : (Object) number;
        } else if (kind == Property.Kind.INTEGER) {
          int number = rows.getInt(column);
          return rows.wasNull() ? null : (Object) number;
        } else if (kind == Property.Kind.DAY) {
          return rows.getObject(column, LocalDate.class);
        }
        return rows.getString(column);
      }

      @Override
      public @Nullable Object @Nullable [] rows(int column) throws SQLException {
        Array array = rows.getArray(column);
        return array == null ? null : (@Nullable Object[]) array.getArray();
      }
    };
  }

  private static Row row(@Nullable String[] texts) {
    return new Row() {
      @Override
      public @Nullable Object get(int column, Property.Kind kind) {
        String text = texts[column - 1];
        if (text == null) {
          return null;
        }
        return switch (kind) {
          case NUMBER -> Double.valueOf(text);
          case INTEGER -> Integer.valueOf(text);
          case DAY -> LocalDate.parse(text);
          default -> text;
        };
      }

      @Override
      public @Nullable Object @Nullable [] rows(int column) {
        throw new UnsupportedOperationException("Arrays in arrays");
      }
    };
  }

  private int column(String expression) {
    columns.add(expression);
    return columns.size();
  }

  private ItemReader item(ItemType<?> type, String alias, Set<String> expand) {
    int version = column(alias + ".version");
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
      Object known = row.get(version, Property.Kind.INTEGER);
      if (known == null) {
        return null;
      }
      List<@Nullable Object> values = new ArrayList<>(readers.size());
      for (ValueReader reader : readers) {
        values.add(reader.read(row));
      }
      return new ItemView(type, (Integer) known, members, values);
    };
  }

  private ValueReader value(Property property, String alias, boolean expanded) {
    String stored = alias + "." + property.column();
    switch (property.kind()) {
      case REFERENCE -> {
        ItemType<?> target = Catalogue.of(property.target());
        String known = aliases.get(property);
        String other = known == null ? join(target, stored, expanded) : known;
        return expanded ? item(target, other, Set.of())::read : reference(other);
      }
      case OWNERS -> {
        int column = column(owners(property, stored));
        return row -> parts((String) row.get(column, property.kind()));
      }
      case IDENTIFIERS -> {
        int column = column(stored);
        return row -> {
          Object text = row.get(column, property.kind());
          return text == null ? null : property.parse((String) text).orElseThrow();
        };
      }
      default -> {
        int column = column(stored);
        return row -> row.get(column, property.kind());
      }
    }
  }

  private String join(ItemType<?> target, String id, boolean whole) {
    String alias = prefix + ++joined;
    joins.append("\n  left join ").append(sql.one(target, alias, "id", id, whole));
    return alias;
  }

  private ValueReader reference(String alias) {
    int code = column(alias + ".code");
    int name = column(alias + ".name");
    return row -> {
      Object known = row.get(code, Property.Kind.TEXT);
      return known == null
          ? null
          : new Reference((String) known, String.valueOf(row.get(name, Property.Kind.TEXT)));
    };
  }

  private String owners(Property property, String column) {
    return """
    case when %1$s is not null then (
      select json_agg(json_build_array(o.code, o.name, split_part(w.entry, ':', 2)) order by w.place)
        from unnest(string_to_array(%1$s, ';')) with ordinality w (entry, place)
        join %2$s) end\
    """
        .formatted(
            column,
            sql.one(
                Catalogue.of(property.target()),
                "o",
                "code",
                "split_part(w.entry, ':', 1)",
                false));
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

  /** The items that refer to this one, by code. */
  private ValueReader children(Catalogue.Children children, String parent) {
    ItemSelection inner = new ItemSelection(sql, "c", Map.of(children.parent(), parent));
    ItemReader reader = inner.item(children.type(), "c", Set.of());
    int column =
        column(
            """
            (select array_agg(array[%s] order by c.code)
               from %s c%s
              where c.%s = %s.id)\
            """
                .formatted(
                    String.join("::text, ", inner.columns) + "::text",
                    sql.table(children.type()),
                    inner.joins(),
                    children.parent().column(),
                    parent));
    return row -> {
      List<@Nullable ItemView> items = new ArrayList<>();
      @Nullable Object[] rows = row.rows(column);
      if (rows != null) {
        for (Object child : rows) {
          items.add(reader.read(row((@Nullable String[]) Objects.requireNonNull(child))));
        }
      }
      return items;
    };
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
