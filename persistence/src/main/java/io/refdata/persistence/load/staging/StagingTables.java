package io.refdata.persistence.load.staging;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.load.Load;
import io.refdata.persistence.dataset.Definition;
import io.refdata.persistence.upkeep.Bounded;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The tables that hold a load until it is merged: its rows (for observations, a table for each
 * partition), the headers of its columns, its series, and the items that it will create. Most are
 * unlogged: after a crash of the database they are empty.
 *
 * <p>Unlogged tables and their indexes are created without a transaction around, all in one message
 * to PostgreSQL. If its main process is killed while a transaction that created some waits for its
 * client, PostgreSQL does not start again (docs/adr/058).
 */
public final class StagingTables {
  private static final String SCHEMA = "staging.";

  private final String name;

  public StagingTables(long load) {
    name = "load_" + load;
  }

  /** The rows of a load of items. */
  public String rows() {
    return SCHEMA + name;
  }

  /** {@code (col, header)}: the columns of the file, which rows refer to by number. */
  public String columns() {
    return rows() + "_column";
  }

  /**
   * {@code (id, is_new, key, dimensions, first, last)}: the series of the file; {@code is_new} is
   * true if the load creates it.
   */
  public String series() {
    return rows() + "_series";
  }

  /** {@code (collection, list, code, name, by_name)}: the items that do not exist yet. */
  public String items() {
    return rows() + "_item";
  }

  /**
   * {@code (key, time)}: the keys in rejected lines and cells, which are spared. For a series, the
   * value at a time, or all values if {@code time} is null; for items, {@code key} is the code.
   */
  public String sparedKeys() {
    return rows() + "_spared";
  }

  /**
   * {@code (line, col, first)}: the locations of duplicates in the file, and the line they repeat.
   */
  String duplicates() {
    return rows() + "_duplicate";
  }

  /** {@code (lower, upper, rows, name, logged)}: the tables of the partitions. */
  String partitions() {
    return rows() + "_partition";
  }

  /**
   * The table of one partition.
   *
   * @param rows the number of its rows
   * @param name its name without the schema
   * @param logged true if it may become the dataset's partition
   */
  public record StagedPartition(
      OffsetDateTime lower, OffsetDateTime upper, long rows, String name, boolean logged) {
    public String table() {
      return SCHEMA + name;
    }
  }

  /**
   * Creates the tables, empty, for observations.
   *
   * @param definition of the dataset that the rows are checked against; it becomes the comment of
   *     the table of partitions
   */
  public void createForObservations(Jdbi jdbi, Definition definition) {
    drop(jdbi);
    create(
        jdbi,
        """
        create unlogged table %s (
          first timestamptz, last timestamptz, id integer primary key, is_new boolean not null,
          key text collate "C" not null, dimensions text[] collate "C" not null)\
        """
            .formatted(series()),
        """
        create unlogged table %s (
          lower timestamptz primary key, upper timestamptz not null,
          rows bigint not null, name text not null, logged boolean not null)\
        """
            .formatted(partitions()),
        "comment on table %s is '%s'".formatted(partitions(), definition.text()));
  }

  /** Creates the tables that all loads have, and others. */
  private void create(Jdbi jdbi, String... others) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                Stream.concat(shared().stream(), Arrays.stream(others))
                    .collect(Collectors.joining(";\n"))));
  }

  /** The definition of the dataset that the staged rows were checked against. */
  public Definition definition(Handle handle) {
    return handle
        .createQuery("select obj_description(cast(:table as regclass))")
        .bind("table", partitions())
        .mapTo(String.class)
        .findOne()
        .map(Definition::new)
        .orElseThrow(StagingLost::crashed);
  }

  /**
   * Creates the table of a partition.
   *
   * @param handle a connection without a transaction
   * @param logged true if it may become the dataset's partition
   * @param places true if it has a column {@code place}, which is line * 65536 + column; without it
   *     a row takes 8 bytes less, also in the partition
   */
  public String createPartition(
      Handle handle, Instant lower, Instant upper, String suffix, boolean logged, boolean places) {
    String table = name + "_" + suffix;
    handle.execute(
        """
        create %s table %s (
          time      timestamptz not null,
          value     double precision,
          %s
          series_id integer not null,
          status    "char" not null)
        with (autovacuum_enabled = off);
        insert into %s values (?, ?, 0, ?, ?)\
        """
            .formatted(
                logged ? "" : "unlogged",
                SCHEMA + table,
                places ? "place bigint not null," : "",
                partitions()),
        lower.atOffset(ZoneOffset.UTC),
        upper.atOffset(ZoneOffset.UTC),
        table,
        logged);
    return SCHEMA + table;
  }

  /** The tables of the partitions, by time. */
  public List<StagedPartition> readPartitions(Handle handle) {
    return handle
        .createQuery(
            "select lower, upper, rows, name, logged from %s order by lower"
                .formatted(partitions()))
        .map(
            (row, context) ->
                new StagedPartition(
                    row.getObject(1, OffsetDateTime.class),
                    row.getObject(2, OffsetDateTime.class),
                    row.getLong(3),
                    row.getString(4),
                    row.getBoolean(5)))
        .list();
  }

  /** Creates the tables, empty, for items. */
  public void createForItems(Jdbi jdbi, ItemStagingTable items) {
    drop(jdbi);
    create(
        jdbi,
        "create unlogged table %s (line bigint not null, %s)"
            .formatted(
                rows(),
                items.properties().stream()
                    .map(property -> columns(items.type(), property))
                    .collect(Collectors.joining(", "))));
  }

  private static String columns(ItemType<?> type, Property property) {
    String column = property.column() + " " + type(property);
    return ItemStagingTable.isWithin(type, property)
        ? column + ", " + ItemStagingTable.text(property) + " text collate \"C\""
        : column;
  }

  /** The SQL type of a property in staging; a reference is stored as the code of its item. */
  private static String type(Property property) {
    return property.kind().isNumeric() ? property.kind().sqlType() : "text collate \"C\"";
  }

  private List<String> shared() {
    return List.of(
        "create unlogged table %s (col integer primary key, header text)".formatted(columns()),
        "create unlogged table %s (line bigint not null, col integer, first bigint not null)"
            .formatted(duplicates()),
        "create unlogged table %s (time timestamptz, key text collate \"C\" not null)"
            .formatted(sparedKeys()),
        """
        create unlogged table %s (
          collection text, list text collate "C", code text collate "C", name text collate "C",
          by_name boolean)\
        """
            .formatted(items()));
  }

  /** Drops the tables, if they exist. */
  public void drop(Jdbi jdbi) {
    jdbi.useTransaction(this::drop);
  }

  /** The same; it fails if another holds one of them for longer than the care for tables waits. */
  public void dropSoon(Jdbi jdbi) {
    jdbi.useTransaction(
        handle -> {
          Bounded.waits(handle);
          drop(handle);
        });
  }

  private void drop(Handle handle) {
    List<String> tables =
        handle
            .createQuery(
                """
                select format('staging.%I', c.relname)
                  from pg_class c
                 where c.relnamespace = 'staging'::regnamespace and c.relkind = 'r'
                   and (c.relname = :name or starts_with(c.relname, :name || '_'))
                """)
            .bind("name", name)
            .mapTo(String.class)
            .list();
    if (!tables.isEmpty()) {
      handle.execute("drop table if exists " + String.join(", ", tables));
    }
  }

  /** Adds to the recorded numbers of staged rows, by table; a negative count removes duplicates. */
  static void addRows(Handle handle, StagingTables staging, Map<String, Long> counts) {
    counts.forEach(
        (table, count) ->
            handle.execute(
                "update %s set rows = rows + ? where name = ?".formatted(staging.partitions()),
                count,
                table.substring(SCHEMA.length())));
  }

  /** True if all staged rows are still there. */
  public boolean holds(Jdbi jdbi, Load load) {
    return jdbi.withHandle(handle -> Objects.equals(load.staged(), count(handle)));
  }

  /**
   * Compares the number of rows with the recorded number of staged rows.
   *
   * @throws StagingLost if they are not all there
   */
  public void check(Handle handle, Load load) {
    if (!Objects.equals(load.staged(), count(handle))) {
      throw StagingLost.crashed();
    }
  }

  /**
   * The number of rows; -1 if the tables are gone or were emptied. A crash empties all unlogged
   * tables, and every file has columns. So if the columns are there, all rows are there, and they
   * need not be counted again.
   */
  private long count(Handle handle) {
    if (!exists(handle, columns())
        || handle.createQuery("select count(*) from " + columns()).mapTo(Long.class).one() == 0) {
      return -1;
    }
    String count =
        exist(handle) ? "coalesce(sum(rows), 0) from " + partitions() : "count(*) from " + rows();
    return handle.createQuery("select " + count).mapTo(Long.class).one();
  }

  /** True if these tables exist, for observations. */
  public boolean exist(Handle handle) {
    return exists(handle, partitions());
  }

  private static boolean exists(Handle handle, String table) {
    return handle
        .createQuery("select to_regclass(:table) is not null")
        .bind("table", table)
        .mapTo(Boolean.class)
        .one();
  }
}
