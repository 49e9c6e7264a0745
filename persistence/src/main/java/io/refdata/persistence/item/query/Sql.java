package io.refdata.persistence.item.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.YearOrDay;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.Past;
import io.refdata.persistence.sql.SqlText;
import io.refdata.persistence.sql.StatementName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * Builds a statement. Every value is bound; names of tables and columns come only from the
 * catalogue.
 */
public final class Sql {
  /** Keeps the planner from joining a sub-select in any other way than row by row. */
  static final String FENCE = " offset 0";

  /** Below 0: binary form, from the first execution on. */
  private static final int BINARY_FROM_THE_FIRST = -1;

  /** The characters of all statements whose positional form is kept: some thousand statements. */
  private static final int KEPT = 1 << 22;

  private static final Cache<Template, Positional> POSITIONAL =
      Caffeine.newBuilder()
          .maximumWeight(KEPT)
          .<Template, Positional>weigher(
              (template, positional) -> template.text().length() + positional.sql().length())
          .build();

  /** A statement with named placeholders, and its name. */
  private record Template(String text, String name) {}

  /**
   * A statement with placeholders by position.
   *
   * @param numbers the number of the value for each position, from 1 on
   */
  private record Positional(String sql, List<Integer> numbers) {}

  private final @Nullable Past past;
  private final boolean replanned;
  private final StringBuilder text = new StringBuilder();
  private final List<Object> bound = new ArrayList<>();
  private @Nullable String revision;

  /** A statement about the current state. */
  public Sql() {
    this(null);
  }

  /** A statement about a past state; if that is null, about the current one. */
  public Sql(@Nullable Past past) {
    this(past, false);
  }

  private Sql(@Nullable Past past, boolean replanned) {
    this.past = past;
    this.replanned = replanned;
  }

  /**
   * A statement that is planned each time for its values, so that the planner can estimate the
   * number of rows.
   */
  static Sql replanned(@Nullable Past past) {
    return new Sql(past, true);
  }

  boolean isPast() {
    return past != null;
  }

  public Sql add(String part) {
    text.append(part);
    return this;
  }

  /** Binds a value, and returns the placeholder for it. */
  public String bind(Object value) {
    bound.add(plain(value));
    return ":p" + bound.size();
  }

  /**
   * Binds values of one kind, at least one, as an array, and returns the placeholder for it. A
   * statement takes at most 65,535 values, but arrays of any length.
   */
  public String bindAll(List<?> values) {
    bound.add(values.stream().map(Sql::plain).toArray());
    return ":p" + bound.size();
  }

  /** A condition that the expression before it is one of some values of one kind, at least one. */
  public String isOneOf(List<?> values) {
    return values.size() == 1 ? " = " + bind(values.get(0)) : " = any(" + bindAll(values) + ")";
  }

  /**
   * The same of codes, of which each is one item at most: the planner learns nothing from them, and
   * would plan the statement again for each number of them.
   */
  String isOneCodeOf(List<?> codes) {
    return codes.size() == 1
        ? isOneOf(codes)
        : " = any((select " + bindAll(codes) + "::text[])::text[])";
  }

  private static Object plain(Object value) {
    return value instanceof Code || value instanceof YearOrDay ? value.toString() : value;
  }

  /** The table to look up items of a type in. */
  String table(ItemType<?> type) {
    return past == null ? type.table() : PastSql.all(type, revision(past));
  }

  /** The table that a list is filtered and sorted from. */
  String table(ItemList list) {
    if (past == null) {
      return list.type().table();
    }
    return list.byCode()
        ? PastSql.byCode(list.type(), revision(past))
        : PastSql.list(list.type(), revision(past));
  }

  /**
   * The one item that a column identifies by its id or its code, as what {@code join} is followed
   * by.
   *
   * @param columns the columns to read, of a table {@code a}
   * @param fenced whether it is looked up for each row; else the planner may join it in any way
   */
  String one(
      ItemType<?> type, String alias, String columns, String column, String value, boolean fenced) {
    if (past == null && !fenced) {
      return SqlText.of("<items> <alias> on <alias>.<column> = <value>")
          .with("items", type.table())
          .with("alias", alias)
          .with("column", column)
          .with("value", value)
          .text();
    }
    return "lateral %s %s on true".formatted(one(type, columns, column, value, FENCE), alias);
  }

  /**
   * The same as a table of one row, or none.
   *
   * @param fence {@link #FENCE}, or nothing
   */
  String one(ItemType<?> type, String columns, String column, String value, String fence) {
    return past == null
        ? SqlText.of("(select <columns> from <items> a where a.<column> = <value><fence>)")
            .with("columns", columns)
            .with("items", type.table())
            .with("column", column)
            .with("value", value)
            .with("fence", fence)
            .text()
        : PastSql.one(type, columns, column, value, revision(past));
  }

  /** The expression for the revision of the past state. */
  String revision() {
    return revision(Objects.requireNonNull(past));
  }

  /**
   * An expression whose value the planner of a past list does not see. To the planner a sub-select
   * is the same whatever its value. Otherwise the server would plan each list again for its values,
   * which takes longer than the list.
   */
  String hiddenFromPlanner(String expression) {
    return past == null || replanned ? expression : "(select " + expression + ")";
  }

  private String revision(Past state) {
    if (revision == null) {
      revision = hiddenFromPlanner(bind(state.revision()) + "::integer");
    }
    return revision;
  }

  /** The text and the values of {@code :p1}, {@code :p2}, …. */
  @Override
  public String toString() {
    return text
        + " "
        + bound.stream()
            .map(value -> value instanceof Object[] values ? List.of(values) : value)
            .toList();
  }

  /**
   * The statement with its values bound by position. Numbers and days come in binary form, which
   * costs both sides less than text.
   *
   * @param name the name of the statement
   */
  PreparedStatement prepare(Connection connection, String name) throws SQLException {
    Positional positional = POSITIONAL.get(new Template(text.toString(), name), Sql::positional);
    PreparedStatement statement = connection.prepareStatement(positional.sql());
    statement.unwrap(PGStatement.class).setPrepareThreshold(BINARY_FROM_THE_FIRST);
    int position = 1;
    for (int number : positional.numbers()) {
      Object value = bound.get(number - 1);
      if (value instanceof Object[] several) {
        statement.setArray(position, array(connection, several));
      } else {
        statement.setObject(position, value);
      }
      position++;
    }
    return statement;
  }

  /** The text with question marks for the placeholders. */
  private static Positional positional(Template template) {
    String text = template.text();
    StringBuilder sql = new StringBuilder(text.length());
    List<Integer> numbers = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(":p"); at >= 0; at = text.indexOf(":p", from)) {
      int end = at + 2;
      while (end < text.length() && Character.isDigit(text.charAt(end))) {
        end++;
      }
      sql.append(text, from, at).append('?');
      numbers.add(Integer.valueOf(text.substring(at + 2, end)));
      from = end;
    }
    sql.append(text, from, text.length());
    return new Positional(StatementName.tag(sql.toString(), template.name()), List.copyOf(numbers));
  }

  private static Array array(Connection connection, Object[] values) throws SQLException {
    if (values[0] instanceof String) {
      return connection.createArrayOf("text", Arrays.copyOf(values, values.length, String[].class));
    } else if (values[0] instanceof Integer) {
      return connection.createArrayOf(
          "int4", Arrays.copyOf(values, values.length, Integer[].class));
    } else if (values[0] instanceof Double) {
      return connection.createArrayOf(
          "float8", Arrays.copyOf(values, values.length, Double[].class));
    }
    return connection.createArrayOf("date", values);
  }

  public Query query(Handle handle) {
    return query(handle, "");
  }

  public Query query(Handle handle, String before) {
    Query query = handle.createQuery(before + text);
    for (int i = 0; i < bound.size(); i++) {
      String name = "p" + (i + 1);
      if (bound.get(i) instanceof Object[] values) {
        query.bindArray(name, values[0].getClass(), values);
      } else {
        query.bind(name, bound.get(i));
      }
    }
    return query;
  }
}
