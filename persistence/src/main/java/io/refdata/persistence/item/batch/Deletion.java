package io.refdata.persistence.item.batch;

import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.write.Referrers;
import io.refdata.persistence.revision.AuditRows;
import io.refdata.persistence.revision.Revisions;
import io.refdata.persistence.sql.SqlText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The deletion of items of a set, in a few statements, whatever their number. */
record Deletion(Handle handle, ItemSet set, StoredItems stored) {

  /**
   * The first few that refer to each of some items, as far as there are any. Who creates series
   * holds their items: when this has locked them, it sees the series.
   *
   * @param codes of items on file, sorted, at least one
   * @param spared the ids of items of the set whose references do not count
   */
  Map<Code, List<String>> referrers(List<Code> codes, List<Integer> spared) {
    List<Integer> ids = stored.ids(set, codes);
    Revisions.limitWaits(handle);
    handle
        .createQuery(
            SqlText.of("select i.id from <items> i where i.id = any(:ids) order by i.id for update")
                .with("items", set.type().table())
                .text())
        .bindArray("ids", Integer.class, ids.toArray())
        .mapTo(Integer.class)
        .list();
    Map<Code, List<String>> referrers = new TreeMap<>(Comparator.comparing(Code::value));
    Referrers.of(set.type(), set.list(), ids, codes, spared)
        .query(handle)
        .map((row, context) -> Map.entry(new Code(row.getString(1)), row.getString(2)))
        .forEach(
            found ->
                referrers
                    .computeIfAbsent(found.getKey(), none -> new ArrayList<>())
                    .add(found.getValue()));
    return referrers;
  }

  /** Deletes items in a revision, and returns the versions that they had. */
  Map<Code, Integer> delete(List<Code> codes, int revision) {
    return handle
        .createQuery(
            SqlText.of(
                    """
                    with deleted as (
                      delete from <items> i where i.id = any(:ids) returning 2 as revtype, i.*),
                    <audit>
                    select code, version from deleted
                    """)
                .with("items", set.type().table())
                .with("audit", AuditRows.of(set.type(), "deleted"))
                .text())
        .bindArray("ids", Integer.class, stored.ids(set, codes).toArray())
        .bind("revision", revision)
        .map((row, context) -> Map.entry(new Code(row.getString(1)), row.getInt(2)))
        .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
  }
}
