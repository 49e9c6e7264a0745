package io.refdata.persistence.load.item;

import io.refdata.domain.item.Property;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.StagingTables;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
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

  /** Indexes the staged rows by code. To be called before all other methods. */
  public void index() {
    if (items.references().isEmpty()) {
      return;
    }
    handle.execute("create unique index on %s (code)".formatted(staging.rows()));
    handle.execute("analyze " + staging.rows());
  }

  /**
   * Resolves references by exact name. The result is the item that will have the name when the load
   * is merged. Of several it is the first by code, so that the same file means the same when it is
   * loaded again.
   */
  public void findByName(Property property) {
    String fileName = items.has(items.type().name()) ? "r.name" : "null";
    handle.execute(
        """
        with named as (
          select coalesce(%1$s, e.name, r.code) as name, r.code
            from %2$s r
            left join %3$s e on e.code = r.code and %4$s
           union all
          select e.name, e.code
            from %3$s e
           where %4$s and not exists (select from %2$s r where r.code = e.code)),
        first as (
          select name, min(code) as code from named group by name)
        update %2$s s
           set %5$s = f.code
          from first f
         where s.%5$s is null and s.%6$s = f.name
        """
            .formatted(
                fileName,
                staging.rows(),
                items.type().table(),
                items.within("e"),
                property.column(),
                ItemStagingTable.text(property)));
  }

  /** Notes the items that are referred to by code and do not exist, to be created. */
  public void createByCode(Property property) {
    handle.execute(
        """
        insert into %1$s (collection, list, code, name, by_name)
        select ?, ?, s.%2$s, min(s.%3$s), false
          from %4$s s
         where s.%2$s is not null and %5$s
         group by s.%2$s
        """
            .formatted(
                staging.items(),
                property.column(),
                ItemStagingTable.text(property),
                staging.rows(),
                nowhere("s." + property.column())),
        items.type().collection(),
        list());
  }

  /** The names that no item has. */
  public List<String> unknownNames(Property property) {
    return handle
        .createQuery(
            "select distinct %1$s as name from %2$s where %3$s is null and %1$s is not null order by 1"
                .formatted(ItemStagingTable.text(property), staging.rows(), property.column()))
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
        """
        update %1$s s
           set %2$s = n.code
          from %3$s n
         where s.%2$s is null and s.%4$s = n.name
           and n.by_name and n.collection = ? and n.list is not distinct from ?
        """
            .formatted(
                staging.rows(),
                property.column(),
                staging.items(),
                ItemStagingTable.text(property)),
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
        """
        delete from %s n
         where n.collection = ? and n.list is not distinct from ?
           and not exists (select from %s s where %s)
        """
            .formatted(staging.items(), staging.rows(), used),
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
            "not exists (select from %s e where e.code = %s and %s)"
                .formatted(items.type().table(), code, items.within("e")),
            "not exists (select from %s o where o.code = %s)".formatted(staging.rows(), code),
            "not exists (select from %s n where n.code = %s and n.collection = '%s'%s)"
                .formatted(
                    staging.items(),
                    code,
                    items.type().collection(),
                    items.into().list() == null
                        ? ""
                        : " and n.list = '" + items.into().list() + "'"))
        .stream()
        .collect(Collectors.joining(" and "));
  }
}
