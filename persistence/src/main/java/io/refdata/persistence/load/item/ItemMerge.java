package io.refdata.persistence.load.item;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.domain.load.Load;
import io.refdata.domain.load.Load.State;
import io.refdata.domain.load.LoadMode;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.freshness.Change;
import io.refdata.persistence.item.ItemDependencies;
import io.refdata.persistence.load.Loads;
import io.refdata.persistence.load.Merged;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.StagingLost;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.revision.AuditRows;
import io.refdata.persistence.revision.Revisions;
import io.refdata.persistence.sql.SqlText;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
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
  /** A dry run goes back to it: it writes nothing but its own counts. */
  private static final String BEFORE = "before_dry_run";

  private final Jdbi jdbi;

  @Inject
  public ItemMerge(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Merges the staged items, in one transaction with the load's counts and state. Properties that
   * the layout does not have stay unchanged. If the load is merged already, nothing happens.
   *
   * @param scope the code or text, by property, that an item must have for {@code REPLACE} to
   *     delete it
   * @param change records the dependencies that the merge changes
   * @return the collections that were written to
   * @throws StagingLost if the staged rows are not all there
   * @throws InvalidLoad if the stored items have changed so that the staged ones cannot be merged
   *     any more
   */
  public Set<ItemType<?>> merge(
      long id, ItemStagingTable items, Map<String, String> scope, Change change) {
    StagingTables staging = new StagingTables(id);
    return jdbi.inTransaction(
        handle -> {
          Load load = new Loads(jdbi).lock(id);
          if (load.state() != State.MERGING) {
            return Set.of();
          }
          staging.check(handle, load);
          if (load.dryRun()) {
            handle.savepoint(BEFORE);
          }
          int revision = Revisions.open(handle, Revision.REFERENCE_DATA, load);
          requireList(handle, items);
          NewItems missing = new NewItems(handle, staging);
          Set<ItemType<?>> written = new LinkedHashSet<>(missing.types());
          missing.create(revision);
          requireReferences(handle, staging, items);
          new StagedRules(handle, staging, items).require();
          Merged merged = merge(handle, staging, items, revision);
          if (load.mode() == LoadMode.REPLACE) {
            long deleted = new ItemDeletion(handle, staging, items).delete(load, scope, revision);
            merged = merged.plus(new Merged(0, 0, deleted));
          }
          if (load.dryRun()) {
            handle.rollbackToSavepoint(BEFORE);
            Loads.complete(handle, id, null, merged);
            return Set.of();
          }
          Loads.complete(handle, id, revision, merged);
          if (!merged.equals(Merged.NOTHING)) {
            written.add(items.type());
          }
          change.touch(ItemDependencies.loaded(written));
          return written;
        });
  }

  private static void requireList(Handle handle, ItemStagingTable items) {
    Code list = items.into().list();
    if (list != null
        && handle
            .createQuery("select " + items.listId())
            .mapTo(Integer.class)
            .findOne()
            .isEmpty()) {
      throw new InvalidLoad("There is no code list " + list + ".");
    }
  }

  /** Items that were referred to when the file was staged may have been deleted since. */
  private static void requireReferences(
      Handle handle, StagingTables staging, ItemStagingTable items) {
    for (Property property : items.properties()) {
      if (property.kind() == PropertyKind.REFERENCE
          && !ItemStagingTable.isWithin(items.type(), property)) {
        requireReferences(handle, staging, property, "r." + property.column());
      } else if (property.kind() == PropertyKind.OWNERS) {
        requireReferences(
            handle, staging, property, "unnest(ref.keys(r.%s))".formatted(property.column()));
      }
    }
  }

  private static void requireReferences(
      Handle handle, StagingTables staging, Property property, String codes) {
    handle
        .createQuery(
            SqlText.of(
                    """
                    select min(s.code)
                      from (select distinct <codes> from <rows> r) s(code)
                     where s.code is not null
                       and not exists (select from <items> t where t.code = s.code)
                    """)
                .with("codes", codes)
                .with("rows", staging.rows())
                .with("items", Catalogue.of(property.target()).table())
                .text())
        .mapTo(String.class)
        .findOne()
        .ifPresent(
            code -> {
              throw StagingLost.changed(property.name() + " " + code + " was deleted");
            });
  }

  private static Merged merge(
      Handle handle, StagingTables staging, ItemStagingTable items, int revision) {
    ResolvedItemsSql source = new ResolvedItemsSql(staging, items);
    source.number(handle);
    List<String> columns = source.columns();
    List<String> inserted = new ArrayList<>(source.own());
    inserted.addAll(columns);
    String assignments =
        columns.stream().map(column -> column + " = s." + column).collect(Collectors.joining(", "));
    return handle
        .createQuery(
            SqlText.of(
                    """
                    with merged as (
                      merge into <items> i
                      using (<source>) s
                         on i.code = s.code and <within>
                       when matched and (<stored>) is distinct from (<staged>) then
                            update set <assignments>, version = i.version + 1
                       when not matched then
                            insert (<columns>) values (<values>)
                      returning case merge_action() when 'INSERT' then 0 else 1 end as revtype,
                                i.*),
                    <audit>
                    select count(*) filter (where revtype = 0), count(*) filter (where revtype = 1)
                      from merged
                    """)
                .with("items", items.type().table())
                .with("source", source.sql())
                .with("within", items.within("i"))
                .with("stored", prefixed("i.", columns))
                .with("staged", prefixed("s.", columns))
                .with("assignments", assignments)
                .with("columns", prefixed("", inserted))
                .with("values", prefixed("s.", inserted))
                .with("audit", AuditRows.of(items.type(), "merged"))
                .text())
        .bind("revision", revision)
        .map((row, context) -> new Merged(row.getLong(1), row.getLong(2), 0))
        .one();
  }

  private static String prefixed(String prefix, List<String> columns) {
    return columns.stream().map(column -> prefix + column).collect(Collectors.joining(", "));
  }

  /** Refreshes the planner's statistics of a collection. */
  public void analyze(ItemType<?> type) {
    jdbi.useHandle(
        handle -> handle.execute("analyze %s, %s".formatted(type.table(), AuditRows.table(type))));
  }
}
