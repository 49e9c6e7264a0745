package io.refdata.persistence.load.item;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.domain.load.Load;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.revision.AuditRows;
import io.refdata.persistence.sql.SqlText;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * The deletion part of a {@code REPLACE} into a collection. It deletes the items within the scope
 * that the file no longer has, unless a rejected line names them (spared keys) or something that
 * stays refers to them. In the latter case a reject is written with line 0, since the item stands
 * in no line.
 */
final class ItemDeletion {
  private final Handle handle;
  private final StagingTables staging;
  private final ItemStagingTable items;
  private final ItemType<?> type;

  ItemDeletion(Handle handle, StagingTables staging, ItemStagingTable items) {
    this.handle = handle;
    this.staging = staging;
    this.items = items;
    this.type = items.type();
  }

  /**
   * Deletes these items, in a revision of the reference data.
   *
   * @param scope the codes or texts that items must have, by property; they must also have the
   *     values that are constants in the layout, since its files cannot contain other items
   * @return the number of deleted items
   * @throws InvalidLoad if there are more than the load may delete
   */
  long delete(Load load, Map<String, String> scope, int revision) {
    long inScope = select(scope, revision);
    long wanted = count("to_delete");
    if (wanted > 0 && (double) wanted / inScope > load.maxDeleteRatio()) {
      throw new InvalidLoad(
          "%d of %d %s would be deleted, more than the part of %s that maxDeleteRatio allows."
              .formatted(wanted, inScope, items.into(), load.maxDeleteRatio()));
    }
    spareReferenced();
    reject(load);
    return delete(revision);
  }

  /**
   * Selects the items that are in scope and not in the file, and returns the number of items that
   * were in scope before the load.
   */
  private long select(Map<String, String> scope, int revision) {
    handle.execute(
        "create temporary table to_delete (id integer primary key, code text) on commit drop");
    handle.execute(
        "create temporary table still_referenced (code text, referrer text) on commit drop");
    StringBuilder within = new StringBuilder(items.within("i"));
    items.constants().stream()
        .filter(property -> !scope.containsKey(property.name()))
        .forEach(property -> within.append(" and ").append(constant(property)));
    scope.keySet().forEach(name -> within.append(" and ").append(condition(name)));
    Update update =
        handle.createUpdate(
            SqlText.of(
                    """
                    insert into to_delete
                    select i.id, i.code
                      from <items> i
                     where <within>
                       and not exists (select from <rows> s where s.code = i.code)
                       and not exists (select from <spared_keys> k where k.key = i.code)
                       for update of i
                    """)
                .with("items", type.table())
                .with("within", within)
                .with("rows", staging.rows())
                .with("spared_keys", staging.sparedKeys())
                .text());
    scope.forEach((name, value) -> update.bind("scope_" + name, value));
    update.execute();
    var count =
        handle
            .createQuery(
                SqlText.of(
                        """
                        select count(*)
                          from <items> i
                         where <within>
                           and not exists (select from <past> a
                                            where a.id = i.id and a.rev = :revision and a.revtype = 0)
                        """)
                    .with("items", type.table())
                    .with("within", within)
                    .with("past", AuditRows.table(type))
                    .text())
            .bind("revision", revision);
    scope.forEach((name, value) -> count.bind("scope_" + name, value));
    return count.mapTo(Long.class).one();
  }

  /**
   * The condition that an item has the constant value of a property; each staged row has that
   * value.
   */
  private String constant(Property property) {
    return SqlText.of("exists (select from (<resolved> limit 1) s where s.<column> = i.<column>)")
        .with("resolved", new ResolvedItemsSql(staging, items).sql())
        .with("column", property.column())
        .text();
  }

  private String condition(String name) {
    Property property = type.property(name).orElseThrow();
    String column = "i." + property.column();
    String value = ":scope_" + name;
    return property.kind() == PropertyKind.REFERENCE
        ? SqlText.of("<column> = (select t.id from <items> t where t.code = <value> and <within>)")
            .with("column", column)
            .with("items", Catalogue.of(property.target()).table())
            .with("value", value)
            .with("within", ItemStagingTable.isWithin(type, property) ? items.within("t") : "true")
            .text()
        : SqlText.of("<column> = cast(<value> as <type>)")
            .with("column", column)
            .with("value", value)
            .with("type", property.kind().sqlType())
            .text();
  }

  private long count(String table) {
    return handle.createQuery("select count(*) from " + table).mapTo(Long.class).one();
  }

  /**
   * Removes items that are still referenced from the deletion. Such an item may refer to others,
   * which must then stay too, so this repeats until nothing changes.
   */
  private void spareReferenced() {
    int spared;
    do {
      for (ItemType<?> other : Catalogue.all()) {
        for (Property property : other.properties()) {
          spareReferenced(other, property);
        }
      }
      spareUsedByDatasets();
      spared =
          handle.execute("delete from to_delete where code in (select code from still_referenced)");
    } while (spared > 0);
  }

  private void spareReferenced(ItemType<?> other, Property property) {
    String column = "o." + property.column();
    Code list = items.into().list();
    if (property.refersTo(type)) {
      spareReferenced(
          other,
          property.kind() == PropertyKind.REFERENCE
              ? "d.id = " + column
              : "d.code = any(ref.keys(%s))".formatted(column));
    } else if (list != null && property.lists().contains(list)) {
      spareReferenced(other, "d.code = " + column);
    }
  }

  private void spareReferenced(ItemType<?> other, String refers) {
    handle.execute(
        SqlText.of(
                """
                insert into still_referenced
                select d.code, <prefix> || o.code
                  from <others> o
                  join to_delete d on <refers>
                 where <stays>
                """)
            .with(
                "prefix",
                other == Catalogue.CODES
                    ? "'code-lists/' || (select code from ref.code_list where id = o.list_id) ||"
                        + " '/codes/'"
                    : "'" + other.collection() + "/'")
            .with("others", other.table())
            .with("refers", refers)
            .with("stays", other == type ? "o.id not in (select id from to_delete)" : "true")
            .text());
  }

  private void spareUsedByDatasets() {
    Code list = items.into().list();
    handle
        .createUpdate(
            """
            insert into still_referenced
            select d.code, 'datasets/' || t.code || '/series/' || s.key
              from curated.dataset t
              join curated.series s on s.dataset_id = t.id
             cross join lateral unnest(t.dimension_values) with ordinality as v (from_items, n)
              join to_delete d on d.code = s.dimensions[v.n]
             where v.from_items = :values
            """)
        .bind("values", list == null ? type.collection() : "code-lists/" + list)
        .execute();
    if (type == Catalogue.CODE_LISTS) {
      spareUsedByDatasets("'code-lists/' || d.code = any(t.dimension_values)");
    } else if (type == Catalogue.PROVIDERS) {
      spareUsedByDatasets("d.id = t.provider_id");
    } else if (type == Catalogue.UNITS) {
      spareUsedByDatasets("d.id = t.unit_id");
    }
  }

  private void spareUsedByDatasets(String uses) {
    handle.execute(
        """
        insert into still_referenced
        select d.code, 'datasets/' || t.code from curated.dataset t join to_delete d on %s
        """
            .formatted(uses));
  }

  private void reject(Load load) {
    handle.execute(
        """
        insert into staging.reject (load_id, line, header, code, reason, raw)
        select ?, 0, null, 'STILL_REFERENCED',
               'the file no longer has it, but these refer to it: '
                 || array_to_string(
                      array(select distinct r.referrer
                              from still_referenced r where r.code = d.code order by r.referrer limit 3), ', ')
                 || case when d.referrers > 3 then format(' and %s more', d.referrers - 3) else '' end,
               d.code
          from (select code, count(distinct referrer) as referrers from still_referenced group by code) d
        """,
        load.id());
  }

  private long delete(int revision) {
    return handle
        .createQuery(
            """
            with deleted as (
              delete from %s i using to_delete d where d.id = i.id returning 2 as revtype, i.*),
            %s
            select count(*) from deleted
            """
                .formatted(type.table(), AuditRows.of(type, "deleted")))
        .bind("revision", revision)
        .mapTo(Long.class)
        .one();
  }
}
