package io.refdata.persistence.load.item;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.domain.load.Load;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.StagingTables;
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
    long inScope = select(scope);
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
   * Selects the items that are in scope and not in the file, and returns the number of items in
   * scope.
   */
  private long select(Map<String, String> scope) {
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
            """
            insert into to_delete
            select i.id, i.code
              from %s i
             where %s
               and not exists (select from %s s where s.code = i.code)
               and not exists (select from %s k where k.key = i.code)
            """
                .formatted(type.table(), within, staging.rows(), staging.sparedKeys()));
    scope.forEach((name, value) -> update.bind("scope_" + name, value));
    update.execute();
    var count =
        handle.createQuery("select count(*) from %s i where %s".formatted(type.table(), within));
    scope.forEach((name, value) -> count.bind("scope_" + name, value));
    return count.mapTo(Long.class).one();
  }

  /**
   * The condition that an item has the constant value of a property; each staged row has that
   * value.
   */
  private String constant(Property property) {
    return "exists (select from (%s limit 1) s where s.%s = i.%2$s)"
        .formatted(new ResolvedItemsSql(staging, items).sql(), property.column());
  }

  private String condition(String name) {
    Property property = type.property(name).orElseThrow();
    String column = "i." + property.column();
    String value = ":scope_" + name;
    return switch (property.kind()) {
      case REFERENCE ->
          "%s = (select t.id from %s t where t.code = %s and %s)"
              .formatted(
                  column,
                  Catalogue.of(property.target()).table(),
                  value,
                  ItemStagingTable.isWithin(type, property) ? items.within("t") : "true");
      case NUMBER -> "%s = cast(%s as double precision)".formatted(column, value);
      case INTEGER -> "%s = cast(%s as integer)".formatted(column, value);
      case DAY -> "%s = cast(%s as date)".formatted(column, value);
      default -> "%s = %s".formatted(column, value);
    };
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
    if (property.kind() == Property.Kind.REFERENCE && property.target() == type.entity()) {
      spareReferenced(other, "d.id = " + column);
    } else if (property.kind() == Property.Kind.OWNERS && property.target() == type.entity()) {
      spareReferenced(other, "d.code = any(ref.keys(%s))".formatted(column));
    } else if (list != null && property.list().filter(list::equals).isPresent()) {
      spareReferenced(other, "d.code = " + column);
    }
  }

  private void spareReferenced(ItemType<?> other, String refers) {
    handle.execute(
        """
        insert into still_referenced
        select d.code, %s || o.code
          from %s o
          join to_delete d on %s
         where %s
        """
            .formatted(
                other == Catalogue.CODES
                    ? "'code-lists/' || (select code from ref.code_list where id = o.list_id) ||"
                        + " '/codes/'"
                    : "'" + other.collection() + "/'",
                other.table(),
                refers,
                other == type ? "o.id not in (select id from to_delete)" : "true"));
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
              join to_delete d on d.code = s.dimensions[array_position(t.dimension_values, :values)]
             where :values = any(t.dimension_values)
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
    // The same audit row as Envers writes: the state at deletion, with type 2.
    return handle
        .createUpdate(
            """
            with deleted as (
              delete from %1$s i using to_delete d where d.id = i.id returning i.*),
            ended as (
              update %1$s_aud a set revend = :revision
                from deleted d
               where a.id = d.id and a.revend is null)
            insert into %1$s_aud (id, rev, revtype, version, %2$s)
            select id, :revision, 2, version, %2$s from deleted
            """
                .formatted(type.table(), NewItems.columns(type)))
        .bind("revision", revision)
        .execute();
  }
}
