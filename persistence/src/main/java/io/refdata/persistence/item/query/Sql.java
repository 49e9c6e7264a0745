package io.refdata.persistence.item.query;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.YearOrDay;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.Past;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * A statement in the making. Every value is bound; names of tables and columns come from the
 * catalogue alone.
 */
public final class Sql {
  private final @Nullable Past past;
  private final boolean plannedAnew;
  private final StringBuilder text = new StringBuilder();
  private final List<Object> bound = new ArrayList<>();
  private @Nullable String revision;

  /** About what is known now. */
  public Sql() {
    this(null);
  }

  /** About a past state; if that is null, about what is known now. */
  public Sql(@Nullable Past past) {
    this(past, false);
  }

  private Sql(@Nullable Past past, boolean plannedAnew) {
    this.past = past;
    this.plannedAnew = plannedAnew;
  }

  /** What is planned for its values each time, so that the planner can tell how much it yields. */
  static Sql plannedAnew(@Nullable Past past) {
    return new Sql(past, true);
  }

  boolean ofThePast() {
    return past != null;
  }

  public Sql add(String part) {
    text.append(part);
    return this;
  }

  /** Binds a value, and gives what stands for it. */
  public String bind(Object value) {
    bound.add(plain(value));
    return ":p" + bound.size();
  }

  /**
   * Binds values of one kind, at least one, as an array, and gives what stands for it: a statement
   * takes 65,535 values at most, but arrays of any length.
   */
  String bindAll(List<?> values) {
    bound.add(values.stream().map(Sql::plain).toArray());
    return ":p" + bound.size();
  }

  /** That what stands before it is one of some values of one kind, at least one. */
  public String isOneOf(List<?> values) {
    return values.size() == 1 ? " = " + bind(values.get(0)) : " = any(" + bindAll(values) + ")";
  }

  private static Object plain(Object value) {
    return value instanceof Code || value instanceof YearOrDay ? value.toString() : value;
  }

  /** What is read where items of a type are looked for. */
  String table(ItemType<?> type) {
    return past == null ? type.table() : PastSql.all(type, revision(past));
  }

  /** What a list is narrowed and sorted from. */
  String table(ItemList list) {
    if (past == null) {
      return list.type().table();
    }
    return list.byCode()
        ? PastSql.byCode(list.type(), revision(past))
        : PastSql.list(list.type(), revision(past));
  }

  /**
   * What is joined as the one item of which a column, its id or its code, is given.
   *
   * @param whole whether more is read of it than its code and its name
   */
  String one(ItemType<?> type, String alias, String column, String value, boolean whole) {
    return past == null
        ? "%s %s on %2$s.%s = %s".formatted(type.table(), alias, column, value)
        : "lateral %s %s on true"
            .formatted(
                PastSql.one(type, whole ? "a.*" : "a.code, a.name", column, value, revision(past)),
                alias);
  }

  /** What stands for the revision that is asked about. */
  String revision() {
    return revision(Objects.requireNonNull(past));
  }

  /**
   * An expression whose value the planner of a past list does not see. A sub-select is the same to
   * it whatever it yields: otherwise the server would plan each list anew for its values, which
   * takes longer than the list.
   */
  String unseen(String expression) {
    return past == null || plannedAnew ? expression : "(select " + expression + ")";
  }

  private String revision(Past state) {
    if (revision == null) {
      revision = unseen(bind(state.revision()) + "::integer");
    }
    return revision;
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
