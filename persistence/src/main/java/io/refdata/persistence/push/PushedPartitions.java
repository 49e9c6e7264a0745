package io.refdata.persistence.push;

import io.refdata.domain.load.InvalidLoad;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.partition.Partition;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.partition.Partitions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The revision of a push, and the tables that its rows go into.
 *
 * @param tables the tables by time
 */
record PushedPartitions(int revision, List<Tables> tables) {
  /** The tables of one partition, with their schema. */
  record Tables(String values, String vintages) {}

  /**
   * Stores the push as it arrived, waits for the dataset, opens its revision, and finds the
   * partitions, all in one statement. Then it creates missing partitions.
   *
   * @param starts the partitions' first instants, by time
   * @param content the whole push in JSON
   * @param patience the longest time to wait for the dataset, in PostgreSQL's form
   * @throws InvalidLoad if the dataset would have too many partitions; then it creates none
   */
  static PushedPartitions open(
      Handle handle,
      int dataset,
      List<Instant> starts,
      String content,
      String patience,
      Author author) {
    record Opened(int revision, String[] values, String[] vintages) {}
    Opened opened =
        handle
            // The lock_timeout comes first in the text, so it is set first.
            .createQuery(
                """
                with stored as (%s)
                select set_config('lock_timeout', :patience, true),
                       ref.open_revision(:topic, :by, :reason),
                       array(%s), array(%s)
                """
                    .formatted(
                        Pushes.STORE.replace("?", ":content"), find("VALUE"), find("VINTAGE")))
            .bind("content", content)
            .bind("patience", patience)
            .bind("topic", dataset)
            .bind("by", author.by())
            .bind("reason", author.reason())
            .bindArray(
                "starts",
                OffsetDateTime.class,
                starts.stream().map(start -> start.atOffset(ZoneOffset.UTC)).toList())
            .map(
                (row, context) ->
                    new Opened(
                        row.getInt(2),
                        (String[]) row.getArray(3).getArray(),
                        (String[]) row.getArray(4).getArray()))
            .one();
    List<Tables> tables = new ArrayList<>();
    List<Instant> missing = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      if (opened.values()[i] == null) {
        missing.add(starts.get(i));
      }
      tables.add(new Tables(opened.values()[i], opened.vintages()[i]));
    }
    return new PushedPartitions(
        opened.revision(), missing.isEmpty() ? tables : create(handle, dataset, starts, missing));
  }

  private static String find(String kind) {
    return """
    select 'curated.' || p.leaf
      from unnest(:starts) with ordinality as s (lower, n)
      left join curated.partition p
        on p.dataset_id = :topic and p.kind = '%s' and p.state = 'ACTIVE' and p.lower = s.lower
     order by s.n\
    """
        .formatted(kind);
  }

  private static List<Tables> create(
      Handle handle, int dataset, List<Instant> starts, List<Instant> missing) {
    PartitionTables tables = new PartitionTables(handle, dataset);
    if (missing.size() > tables.room()) {
      throw InvalidLoad.tooManyPartitions(missing.size(), tables.room());
    }
    missing.forEach(tables::create);
    Partitions present = tables.find();
    return starts.stream()
        .map(
            start -> {
              Partition partition = present.at(start).orElseThrow();
              return new Tables(partition.values(), partition.vintages());
            })
        .toList();
  }
}
