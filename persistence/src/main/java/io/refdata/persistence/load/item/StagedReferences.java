package io.refdata.persistence.load.item;

import io.refdata.domain.item.Property;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.sql.SqlText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * The references of a file's items to items of their own collection. They may mean a stored item or
 * an item in any other line of the file. So they are resolved when all lines are staged.
 */
public final class StagedReferences {
  private final Handle handle;
  private final StagingTables staging;
  private final ItemStagingTable items;

  public StagedReferences(Handle handle, StagingTables staging, ItemStagingTable items) {
    this.handle = handle;
    this.staging = staging;
    this.items = items;
  }

  /**
   * Indexes the staged rows by code. To be called before the transaction that resolves references,
   * because the rows are unlogged ({@link StagingTables}).
   */
  public static void index(Jdbi jdbi, StagingTables staging, ItemStagingTable items) {
    if (items.references().isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle -> {
          handle.execute("create unique index on %s (code)".formatted(staging.rows()));
          handle.execute("analyze " + staging.rows());
        });
  }

  /**
   * Resolves references that are found by a property: to the item that will have that text when the
   * load is merged. What several items will have stays unresolved.
   */
  public void find(Property reference) {
    handle.execute(
        SqlText.of(
                """
                with candidates as (<candidates>),
                sole as (
                  select found, min(code) as code from candidates group by found having count(*) = 1)
                update <rows> s
                   set <reference> = o.code
                  from sole o
                 where s.<reference> is null and <text> = o.found
                """)
            .with("candidates", candidates(staging, items, reference))
            .with("rows", staging.rows())
            .with("reference", reference.column())
            .with("text", key(reference, "s." + ItemStagingTable.text(reference)))
            .text());
  }

  /** SQL of the items by the text by which a reference finds them: {@code found}, {@code code}. */
  static String candidates(StagingTables staging, ItemStagingTable items, Property reference) {
    Property matched = Objects.requireNonNull(items.matched().get(reference));
    String inFile = items.has(matched) ? "r." + matched.column() + "::text" : "null";
    String otherwise = matched == items.type().name() ? "r.code" : "null";
    return SqlText.of(
            """
            select <key> as found, c.code
              from (select coalesce(<in_file>, e.<stored>::text, <otherwise>) as text, r.code
                      from <rows> r
                      left join <items> e on e.code = r.code and <within>
                     union all
                    select e.<stored>::text, e.code
                      from <items> e
                     where <within> and not exists (select from <rows> r where r.code = e.code)) c
             where c.text is not null
            """)
        .with("key", key(reference, "c.text", items))
        .with("in_file", inFile)
        .with("stored", matched.column())
        .with("otherwise", otherwise)
        .with("rows", staging.rows())
        .with("items", items.type().table())
        .with("within", items.within("e"))
        .text();
  }

  private String key(Property reference, String text) {
    return key(reference, text, items);
  }

  /** A text without the zeros before its digits, as {@code MatchedProperty.key} has it. */
  static String key(Property reference, String text, ItemStagingTable items) {
    return items.matched().get(reference) == items.type().name()
        ? text
        : "regexp_replace(%s, '^0*(\\d+)$', '\\1')".formatted(text);
  }

  /** Notes the items that are referred to by code and do not exist, to be created. */
  public void createByCode(Property property) {
    handle.execute(
        SqlText.of(
                """
                insert into <missing_items> (collection, list, code, name, by_name)
                select ?, ?, s.<reference>, min(s.<text>), false
                  from <rows> s
                 where s.<reference> is not null and <nowhere>
                 group by s.<reference>
                """)
            .with("missing_items", staging.items())
            .with("reference", property.column())
            .with("text", ItemStagingTable.text(property))
            .with("rows", staging.rows())
            .with("nowhere", nowhere("s." + property.column()))
            .text(),
        items.type().collection(),
        list());
  }

  /** The names that no item has. */
  public List<String> unknownNames(Property property) {
    return handle
        .createQuery(
            SqlText.of(
                    """
                    with candidates as (<candidates>)
                    select distinct s.<text> as name
                      from <rows> s
                     where s.<reference> is null and s.<text> is not null
                       and not exists (select from candidates c where c.found = s.<text>)
                     order by 1
                    """)
                .with("candidates", candidates(staging, items, property))
                .with("text", ItemStagingTable.text(property))
                .with("rows", staging.rows())
                .with("reference", property.column())
                .text())
        .mapTo(String.class)
        .list();
  }

  /**
   * Those of some codes that are taken: by a stored item, a line of the file, or an item that will
   * be created.
   */
  public List<String> taken(List<String> codes) {
    return handle
        .createQuery(
            "select c.code from unnest(:codes) c(code) where not (%s)".formatted(nowhere("c.code")))
        .bindArray("codes", String.class, codes)
        .mapTo(String.class)
        .list();
  }

  /**
   * Notes items of these names, with their codes, to be created, and resolves the references to
   * them.
   */
  public void createByName(Property property, Map<String, String> codesByName) {
    if (codesByName.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            "insert into %s (collection, list, code, name, by_name) values (?, ?, ?, ?, true)"
                .formatted(staging.items()));
    codesByName.forEach((name, code) -> batch.add(items.type().collection(), list(), code, name));
    batch.execute();
    handle.execute(
        SqlText.of(
                """
                update <rows> s
                   set <reference> = n.code
                  from <missing_items> n
                 where s.<reference> is null and s.<text> = n.name
                   and n.by_name and n.collection = ? and n.list is not distinct from ?
                """)
            .with("rows", staging.rows())
            .with("reference", property.column())
            .with("missing_items", staging.items())
            .with("text", ItemStagingTable.text(property))
            .text(),
        items.type().collection(),
        list());
  }

  /** Removes noted items that only rejected lines referred to. */
  public void forgetUnused() {
    if (items.references().isEmpty()) {
      return;
    }
    String used =
        items.references().stream()
            .map(property -> "s.%s = n.code".formatted(property.column()))
            .collect(Collectors.joining(" or "));
    handle.execute(
        SqlText.of(
                """
                delete from <missing_items> n
                 where n.collection = ? and n.list is not distinct from ?
                   and not exists (select from <rows> s where <used>)
                """)
            .with("missing_items", staging.items())
            .with("rows", staging.rows())
            .with("used", used)
            .text(),
        items.type().collection(),
        list());
  }

  private @Nullable String list() {
    return items.into().list() == null ? null : items.into().list().value();
  }

  /**
   * A condition that a code belongs to no stored item, no line of the file, and no item that will
   * be created.
   */
  private String nowhere(String code) {
    return nowhere(staging, items, code);
  }

  static String nowhere(StagingTables staging, ItemStagingTable items, String code) {
    return List.of(
            SqlText.of("not exists (select from <items> e where e.code = <code> and <within>)")
                .with("items", items.type().table())
                .with("code", code)
                .with("within", items.within("e"))
                .text(),
            "not exists (select from %s o where o.code = %s)".formatted(staging.rows(), code),
            SqlText.of(
                    "not exists (select from <missing_items> n"
                        + " where n.code = <code> and n.collection = '<collection>'<and_list>)")
                .with("missing_items", staging.items())
                .with("code", code)
                .with("collection", items.type().collection())
                .with(
                    "and_list",
                    items.into().list() == null
                        ? ""
                        : " and n.list = '" + items.into().list() + "'")
                .text())
        .stream()
        .collect(Collectors.joining(" and "));
  }
}
