package io.refdata.persistence.load;

import io.refdata.catalogue.Catalogue;
import io.refdata.reference.ItemType;
import io.refdata.reference.Property;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * What a {@code REPLACE} deletes of a collection: the items within its scope that the file no
 * longer has, unless a refused line names them, or something that stays refers to them; the latter
 * becomes a reject of line 0, since it stands in none.
 */
final class ItemDeletion {
  private final Handle handle;
  private final StagingTables staging;
  private final ItemType<?> type;

  ItemDeletion(Handle handle, StagingTables staging, ItemType<?> type) {
    this.handle = handle;
    this.staging = staging;
    this.type = type;
  }

  /**
   * Deletes them, in a revision of the reference data.
   *
   * @param scope by property, the codes or texts that items must have
   * @return how many
   * @throws LoadRefused if they are more than the load may delete
   */
  long delete(Load load, Map<String, String> scope, int revision) {
    long there = select(scope);
    long wanted = count("doomed");
    if (wanted > 0 && (double) wanted / there > load.maxDeleteRatio()) {
      throw new LoadRefused(
          "%d of %d %s would be deleted, more than the part of %s that maxDeleteRatio allows."
              .formatted(wanted, there, type, load.maxDeleteRatio()));
    }
    spareReferred();
    reject(load);
    return delete(revision);
  }

  /** Notes what is in scope and not in the file, and answers how much is in scope. */
  private long select(Map<String, String> scope) {
    handle.execute(
        "create temporary table doomed (id integer primary key, code text) on commit drop");
    handle.execute("create temporary table referred (code text, referrer text) on commit drop");
    StringBuilder within = new StringBuilder("true");
    scope.keySet().forEach(name -> within.append(" and ").append(condition(name)));
    Update update =
        handle.createUpdate(
            """
            insert into doomed
            select i.id, i.code
              from %s i
             where %s
               and not exists (select from %s s where s.code = i.code)
               and not exists (select from %s k where k.key = i.code)
            """
                .formatted(type.table(), within, staging.rows(), staging.kept()));
    scope.forEach((name, value) -> update.bind("scope_" + name, value));
    update.execute();
    var count =
        handle.createQuery("select count(*) from %s i where %s".formatted(type.table(), within));
    scope.forEach((name, value) -> count.bind("scope_" + name, value));
    return count.mapTo(Long.class).one();
  }

  private String condition(String name) {
    Property property = type.property(name).orElseThrow();
    String value = ":scope_" + name;
    return property.kind() == Property.Kind.REFERENCE
        ? "i.%s = (select id from %s where code = %s)"
            .formatted(property.column(), Catalogue.of(property.target()).table(), value)
        : "i.%s::text = %s".formatted(property.column(), value);
  }

  private long count(String table) {
    return handle.createQuery("select count(*) from " + table).mapTo(Long.class).one();
  }

  /** What is spared may itself refer to others of them, which are to be spared then, too. */
  private void spareReferred() {
    int spared;
    do {
      for (ItemType<?> other : Catalogue.all()) {
        for (Property property : other.properties()) {
          if (property.kind() == Property.Kind.REFERENCE && property.target() == type.entity()) {
            spareReferred(other, "d.id = o." + property.column());
          } else if (property.kind() == Property.Kind.OWNERS
              && property.target() == type.entity()) {
            spareReferred(other, "d.code = any(ref.keys(o.%s))".formatted(property.column()));
          }
        }
      }
      spareUsedByDatasets();
      spared = handle.execute("delete from doomed where code in (select code from referred)");
    } while (spared > 0);
  }

  private void spareReferred(ItemType<?> other, String refers) {
    handle.execute(
        """
        insert into referred
        select d.code, '%s/' || o.code
          from %s o
          join doomed d on %s
         where %s
        """
            .formatted(
                other.collection(),
                other.table(),
                refers,
                other == type ? "o.id not in (select id from doomed)" : "true"));
  }

  private void spareUsedByDatasets() {
    handle
        .createUpdate(
            """
            insert into referred
            select d.code, 'datasets/' || t.code || '/series/' || s.key
              from curated.dataset t
              join curated.series s on s.dataset_id = t.id
              join doomed d on d.code = s.dimensions[array_position(t.dimension_values, :values)]
             where :values = any(t.dimension_values)
            """)
        .bind("values", type.collection())
        .execute();
    if (type == Catalogue.PROVIDERS || type == Catalogue.UNITS) {
      handle.execute(
          """
          insert into referred
          select d.code, 'datasets/' || t.code from curated.dataset t join doomed d on d.id = t.%s
          """
              .formatted(type == Catalogue.UNITS ? "unit_id" : "provider_id"));
    }
  }

  private void reject(Load load) {
    handle.execute(
        """
        insert into staging.reject (load_id, line, header, code, reason, raw)
        select ?, 0, null, 'STILL_REFERENCED',
               'the file no longer has it, but there refer to it: '
                 || array_to_string(
                      array(select distinct r.referrer
                              from referred r where r.code = d.code order by r.referrer limit 3), ', ')
                 || case when d.referrers > 3 then format(' and %s more', d.referrers - 3) else '' end,
               d.code
          from (select code, count(distinct referrer) as referrers from referred group by code) d
        """,
        load.id());
  }

  private long delete(int revision) {
    // As Envers keeps it: the state at deletion, in a row of type 2.
    return handle
        .createUpdate(
            """
            with deleted as (
              delete from %1$s i using doomed d where d.id = i.id returning i.*),
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
