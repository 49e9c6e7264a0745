package io.refdata.persistence.load;

import io.refdata.catalogue.Catalogue;
import io.refdata.persistence.load.Load.State;
import io.refdata.persistence.reference.ItemSubjects;
import io.refdata.persistence.version.Change;
import io.refdata.reference.ItemType;
import io.refdata.reference.Property;
import io.refdata.revision.Revision;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Merges staged items into their collection and its audit table, set-based: one statement, one
 * revision, the same rows that Envers would write.
 */
@Dependent
public class ItemMerge {
  private final Jdbi jdbi;

  @Inject
  public ItemMerge(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Merges what is staged, in one transaction with the load's counts and state. Properties that the
   * layout does not have stay as they are. A load that is merged already is left alone.
   *
   * @param properties those that are staged, the code among them
   * @param scope what {@code REPLACE} may delete: by property, the code or text that an item has
   * @param change what the merge touches
   * @return the collections that were written to
   * @throws StagingLost if the staged rows are not all there
   */
  public Set<ItemType<?>> merge(
      long id,
      ItemType<?> type,
      List<Property> properties,
      Map<String, String> scope,
      Change change) {
    StagingTables staging = new StagingTables(id);
    return jdbi.inTransaction(
        handle -> {
          Load load = new Loads(jdbi).lock(id);
          if (load.state() != State.MERGING) {
            return Set.of();
          }
          staging.check(handle, load);
          int revision = ObservationMerge.open(handle, Revision.REFERENCE_DATA, load);
          NewItems items = new NewItems(handle, staging);
          Set<ItemType<?>> written = new LinkedHashSet<>(items.types());
          items.create(revision);
          requireReferences(handle, staging, properties);
          Merged merged = merge(handle, staging, type, properties, revision);
          if (load.mode().equals("REPLACE")) {
            long deleted = new ItemDeletion(handle, staging, type).delete(load, scope, revision);
            merged = merged.plus(new Merged(0, 0, deleted));
          }
          Loads.complete(handle, id, revision, merged);
          if (!merged.equals(Merged.NOTHING)) {
            written.add(type);
          }
          change.touch(ItemSubjects.loaded(written));
          return written;
        });
  }

  /** What was referred to when the file was staged may have been deleted since. */
  private static void requireReferences(
      Handle handle, StagingTables staging, List<Property> properties) {
    for (Property property : references(properties)) {
      handle
          .createQuery(
              """
              select min(s.%1$s)
                from %2$s s
                left join %3$s r on r.code = s.%1$s
               where s.%1$s is not null and r.id is null
              """
                  .formatted(
                      property.column(), staging.rows(), Catalogue.of(property.target()).table()))
          .mapTo(String.class)
          .findOne()
          .ifPresent(
              code -> {
                throw new LoadRefused(
                    "%s %s was deleted while the load was staged. Restart it."
                        .formatted(property.name(), code));
              });
    }
  }

  private static Merged merge(
      Handle handle,
      StagingTables staging,
      ItemType<?> type,
      List<Property> properties,
      int revision) {
    List<String> columns =
        properties.stream().map(Property::column).filter(column -> !column.equals("code")).toList();
    String assignments =
        columns.stream().map(column -> column + " = s." + column).collect(Collectors.joining(", "));
    return handle
        .createQuery(
            """
            with merged as (
              merge into %1$s i
              using (%2$s) s
                 on i.code = s.code
               when matched and (%3$s) is distinct from (%4$s) then
                    update set %5$s, version = i.version + 1
               when not matched then
                    insert (code, %6$s) values (s.code, %7$s)
              returning merge_action() as action, i.*),
            ended as (
              update %1$s_aud a
                 set revend = :revision
                from merged m
               where m.action = 'UPDATE' and a.id = m.id and a.revend is null),
            begun as (
              insert into %1$s_aud (id, rev, revtype, version, %8$s)
              select id, :revision, case action when 'INSERT' then 0 else 1 end, version, %8$s
                from merged)
            select count(*) filter (where action = 'INSERT'), count(*) filter (where action = 'UPDATE')
              from merged
            """
                .formatted(
                    type.table(),
                    source(staging, type, properties),
                    prefixed("i.", columns),
                    prefixed("s.", columns),
                    assignments,
                    prefixed("", columns),
                    prefixed("s.", columns),
                    NewItems.columns(type)))
        .bind("revision", revision)
        .map((row, context) -> new Merged(row.getLong(1), row.getLong(2), 0))
        .one();
  }

  /** The staged rows with the ids of what they refer to, and days as days. */
  private static String source(StagingTables staging, ItemType<?> type, List<Property> properties) {
    StringBuilder joins = new StringBuilder();
    String columns =
        properties.stream()
            .map(
                property -> {
                  String column = property.column();
                  if (property.kind() == Property.Kind.REFERENCE) {
                    joins.append(
                        " left join %s %s on %2$s.code = r.%s"
                            .formatted(
                                Catalogue.of(property.target()).table(), "j_" + column, column));
                    return "j_" + column + ".id as " + column;
                  }
                  if (property == type.name()) {
                    // A file may lack a name: the item keeps the one it has, or is called by its
                    // code.
                    joins.append(" left join %s e on e.code = r.code".formatted(type.table()));
                    return "coalesce(r.name, e.name, r.code) as name";
                  }
                  return property.kind() == Property.Kind.DAY
                      ? "r." + column + "::date as " + column
                      : "r." + column;
                })
            .collect(Collectors.joining(", "));
    return "select " + columns + " from " + staging.rows() + " r" + joins;
  }

  private static List<Property> references(List<Property> properties) {
    return properties.stream()
        .filter(property -> property.kind() == Property.Kind.REFERENCE)
        .toList();
  }

  private static String prefixed(String prefix, List<String> columns) {
    return columns.stream().map(column -> prefix + column).collect(Collectors.joining(", "));
  }

  /** Refreshes the planner's statistics of a collection. */
  public void analyze(ItemType<?> type) {
    jdbi.useHandle(handle -> handle.execute("analyze %s, %1$s_aud".formatted(type.table())));
  }
}
