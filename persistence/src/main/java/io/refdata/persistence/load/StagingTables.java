package io.refdata.persistence.load;

import io.refdata.reference.Property;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The tables that hold a load until it is merged: its rows, the headers of its columns, and the
 * series and items it will make. They are unlogged: after a crash of the database they are empty.
 */
public final class StagingTables {
  private final String rows;

  public StagingTables(long load) {
    rows = "staging.load_" + load;
  }

  /** Its rows: observations, or items. */
  public String rows() {
    return rows;
  }

  /** {@code (col, header)}: the columns of the file that rows speak of by number. */
  public String columns() {
    return rows + "_column";
  }

  /** {@code (id, key, dimensions)}: series that are not on file yet. */
  public String series() {
    return rows + "_series";
  }

  /** {@code (collection, list, code, name)}: items that are not on file yet. */
  public String items() {
    return rows + "_item";
  }

  /** Makes them, empty, for observations. */
  public void createForObservations(Jdbi jdbi) {
    create(
        jdbi,
        """
        time      timestamptz not null,
        value     double precision,
        line      bigint not null,
        series_id integer not null,
        col       smallint not null,
        status    "char" not null
        """);
  }

  /** Makes them, empty, for items with these properties. */
  public void createForItems(Jdbi jdbi, List<Property> properties) {
    create(
        jdbi,
        "line bigint not null, "
            + properties.stream()
                .map(property -> property.column() + " " + type(property))
                .collect(Collectors.joining(", ")));
  }

  /** References stand there by the code of what they refer to. */
  private static String type(Property property) {
    return switch (property.kind()) {
      case NUMBER -> "double precision";
      case INTEGER -> "integer";
      default -> "text collate \"C\"";
    };
  }

  private void create(Jdbi jdbi, String columns) {
    drop(jdbi);
    jdbi.useTransaction(
        handle -> {
          handle.execute("create unlogged table %s (%s)".formatted(rows, columns));
          handle.execute(
              "create unlogged table %s (col smallint primary key, header text)"
                  .formatted(columns()));
          handle.execute(
              """
              create unlogged table %s (
                id integer primary key, key text collate "C", dimensions text[] collate "C")\
              """
                  .formatted(series()));
          handle.execute(
              """
              create unlogged table %s (
                collection text, list text collate "C", code text collate "C", name text collate "C",
                by_name boolean)\
              """
                  .formatted(items()));
        });
  }

  /** Removes them, if they are there. */
  public void drop(Jdbi jdbi) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "drop table if exists %s, %s, %s, %s"
                    .formatted(rows, columns(), series(), items())));
  }

  /** Whether all that was staged is still there. */
  public boolean holds(Jdbi jdbi, Load load) {
    return jdbi.withHandle(handle -> holds(handle, load));
  }

  /**
   * Holds the staged rows to the number that was staged.
   *
   * @throws StagingLost if they are not all there
   */
  void check(Handle handle, Load load) {
    if (!holds(handle, load)) {
      throw new StagingLost(load.id());
    }
  }

  private boolean holds(Handle handle, Load load) {
    return handle
            .createQuery("select to_regclass(:table) is not null")
            .bind("table", rows)
            .mapTo(Boolean.class)
            .one()
        && Objects.equals(
            load.staged(),
            handle.createQuery("select count(*) from " + rows).mapTo(Long.class).one());
  }
}
