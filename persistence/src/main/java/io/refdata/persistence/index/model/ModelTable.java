package io.refdata.persistence.index.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.persistence.index.model.RealTable.Column;
import io.refdata.persistence.index.model.RealTable.RealIndex;
import java.util.HashSet;
import java.util.Set;
import java.util.StringJoiner;
import org.jdbi.v3.core.Handle;

/**
 * A table that the planner takes for a real one: it has the columns, the statistics and the length
 * of the real table and of its indexes, but a single row on each page, and no values. So indexes
 * can be added and dropped, and a statement planned with and without them. The model is created and
 * dropped in one transaction, so nobody else sees it; the real table is not locked.
 *
 * <p>To be closed, not only rolled back: PostgreSQL may not start again after a crash that follows
 * a rolled back transaction that created unlogged tables (docs/adr/058).
 *
 * <p>The planner multiplies the density of rows by the true length of the file. Therefore the
 * length must be real: statistics alone would give costs of nothing.
 *
 * <p>B-trees have the length of the real ones. Indexes of other kinds, and partial ones whose
 * predicate is not true of nulls, are empty; a plan that uses them costs less than in reality.
 */
public final class ModelTable implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SCHEMA = "index_model";

  /** A table grows by so many pages at once while many rows are written. */
  private static final int STEP = 64;

  private final Handle handle;
  private final RealTable real;
  private final Set<String> names;

  private ModelTable(Handle handle, RealTable real) {
    this.handle = handle;
    this.real = real;
    this.names = new HashSet<>(real.names());
  }

  /**
   * Makes the model.
   *
   * @param handle a connection in a transaction
   */
  public static ModelTable create(Handle handle, RealTable real) {
    ModelTable model = new ModelTable(handle, real);
    handle.execute("create schema " + SCHEMA);
    model.createTable();
    model.restoreTable();
    model.restoreColumns(real.name(), real.name());
    for (RealIndex index : real.indexes()) {
      model.add(index);
    }
    handle.execute("set local search_path = " + SCHEMA + ", public");
    return model;
  }

  private void createTable() {
    StringJoiner columns = new StringJoiner(", ");
    for (Column column : real.columns()) {
      columns.add("null::" + column.type() + " as " + column.name());
    }
    long half = real.pages() / 2;
    StringJoiner plain = new StringJoiner(", ");
    for (int i = 0; i < Filling.WIDTHS.size(); i++) {
      for (boolean first : new boolean[] {true, false}) {
        String name = Filling.name(first, i);
        columns.add(
            "case when row_number %s %d then repeat('x', %d) end as %s"
                .formatted(first ? "<=" : ">", half, Filling.WIDTHS.get(i) - Filling.HEADER, name));
        plain.add("alter " + name + " set storage plain");
      }
    }
    long inSteps = real.pages() / STEP * STEP;
    String rows = "select " + columns + " from generate_series(%d, %d) row_number";
    handle.execute(
        "create unlogged table "
            + table()
            + " with (fillfactor = 10, autovacuum_enabled = off) as "
            + rows.formatted(1, inSteps));
    handle.execute("alter table " + table() + " " + plain);
    handle.execute("insert into " + table() + " " + rows.formatted(inSteps + 1, real.pages()));
  }

  private void restoreTable() {
    handle
        .createQuery(
            "select pg_restore_relation_stats('schemaname', :schema::text, 'relname', :name::text,"
                + " 'relpages', :pages::int, 'reltuples', :rows::real, 'relallvisible',"
                + " :visible::int)")
        .bind("schema", SCHEMA)
        .bind("name", real.name())
        .bind("pages", (int) real.pages())
        .bind("rows", (float) real.rows())
        .bind("visible", (int) real.visiblePages())
        .mapTo(Boolean.class)
        .one();
  }

  /** Copies the statistics of columns, or of the expressions of an index. */
  private void restoreColumns(String from, String to) {
    handle
        .createQuery(
            """
            select count(pg_restore_attribute_stats(
                     'schemaname', :schema::text, 'relname', :to::text, 'attname', attname::text, 'inherited', false,
                     'null_frac', null_frac, 'avg_width', avg_width, 'n_distinct', n_distinct,
                     'most_common_vals', most_common_vals::text, 'most_common_freqs', most_common_freqs,
                     'histogram_bounds', histogram_bounds::text, 'correlation', correlation,
                     'most_common_elems', most_common_elems::text, 'most_common_elem_freqs', most_common_elem_freqs,
                     'elem_count_histogram', elem_count_histogram))
              from pg_stats
             where schemaname = :realSchema and tablename = :from and not inherited
            """)
        .bind("schema", SCHEMA)
        .bind("to", to)
        .bind("realSchema", real.schema())
        .bind("from", from)
        .mapTo(Long.class)
        .one();
  }

  private void add(RealIndex index) {
    create(index.name(), index.unique(), IndexForm.parse(index.form()), index.pages());
    if (index.hasExpressions()) {
      restoreColumns(index.name(), index.name());
    }
  }

  /** Adds an index of as many pages as it would have. */
  public void add(String name, IndexForm form, long pages) {
    create(name, false, form, pages);
  }

  private void create(String name, boolean unique, IndexForm form, long pages) {
    String included = form.included();
    String with = "";
    if (form.isBtree()) {
      Filling filling = Filling.of(pages, real.pages());
      included = String.join(", ", filling.names()) + (included.isEmpty() ? "" : ", " + included);
      with = " with (fillfactor = " + filling.fillFactor() + ")";
    }
    handle.execute(
        "create %sindex %s on %s using %s (%s)%s%s %s"
            .formatted(
                unique ? "unique " : "",
                quoted(name),
                table(),
                form.method(),
                form.keys(),
                included.isEmpty() ? "" : " include (" + included + ")",
                with,
                form.predicate()));
  }

  /** Drops an index from the model. */
  public void drop(String name) {
    handle.execute("drop index " + SCHEMA + "." + quoted(name));
  }

  /**
   * The plan of a statement that has this table in the place of the real one.
   *
   * @param sql with parameters ({@code $1}) in the place of values
   */
  public JsonNode plan(String sql) {
    handle.savepoint("before_plan");
    try {
      String plan =
          handle
              .createQuery("select performance_monitoring.generic_plan(:sql)::text")
              .bind("sql", TableNames.replace(sql, names, table()))
              .mapTo(String.class)
              .one();
      return JSON.readTree(plan).get(0).get("Plan");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } finally {
      handle.rollbackToSavepoint("before_plan");
    }
  }

  /** The planner's cost of a statement. */
  public double cost(String sql) {
    return plan(sql).get("Total Cost").doubleValue();
  }

  /** The pages of the model or of one of its indexes. */
  public long pages(String name) {
    return handle
        .createQuery(
            "select pg_relation_size(to_regclass(:name)) / current_setting('block_size')::int")
        .bind("name", SCHEMA + "." + quoted(name))
        .mapTo(Long.class)
        .one();
  }

  /** Drops the model. */
  @Override
  public void close() {
    handle.execute("drop schema " + SCHEMA + " cascade");
  }

  private String table() {
    return SCHEMA + "." + quoted(real.name());
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
