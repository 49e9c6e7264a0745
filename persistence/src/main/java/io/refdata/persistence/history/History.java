package io.refdata.persistence.history;

import io.refdata.domain.item.value.Code;
import io.refdata.persistence.history.Entries.Key;
import io.refdata.persistence.sql.Snapshot;
import io.refdata.persistence.sql.SqlText;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The history of a code, newest entry first. It includes deleted items, and all items that had the
 * code one after the other. It costs two statements in one snapshot, whatever its length.
 */
@Dependent
public class History {
  private final Jdbi jdbi;

  @Inject
  public History(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * At most {@code limit} entries. Empty if no item of that collection ever had the code.
   *
   * @param collection as it stands in URLs; for a code list's codes, {@code code-lists/FUEL/codes}
   * @param since only entries of this revision and later ones
   * @param before only entries of earlier revisions than this; null to begin with the newest
   */
  public List<Entry> of(
      String collection, Code code, int since, @Nullable Integer before, int limit) {
    RecordedKind recorded = RecordedKinds.named(collection).orElseThrow();
    String sql =
        SqlText.of(
                """
                select k.*, <revision_columns>
                  from (select <key_columns>
                          from <audit> a
                         where a.code = :code and a.rev >= :since and a.rev < :before) k
                  join ref.revision r on r.rev = k.rev
                 where k.collection = :collection
                 order by k.rev desc, k.id desc
                 limit :limit
                """)
            .with("revision_columns", Key.OF_REVISION)
            .with("key_columns", Key.columns(recorded, RecordedKinds.values().indexOf(recorded)))
            .with("audit", recorded.audit())
            .text();
    return Snapshot.ask(
        jdbi,
        handle -> {
          List<Key> keys =
              new ArrayList<>(
                  handle
                      .createQuery(sql)
                      .bind("code", code.value())
                      .bind("collection", collection)
                      .bind("since", since)
                      .bind("before", before == null ? Integer.MAX_VALUE : before)
                      .bind("limit", limit)
                      .map((row, context) -> Key.read(row))
                      .list());
          return new Entries(handle).of(keys);
        });
  }

  /** True if there is a collection of that name whose past is recorded. */
  public static boolean isRecorded(String collection) {
    return RecordedKinds.named(collection).isPresent();
  }
}
