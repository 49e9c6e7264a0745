package io.refdata.persistence.push;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.dataset.Definition;
import io.refdata.persistence.partition.Partition;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.partition.Partitions;
import io.refdata.persistence.revision.ResourceBusy;
import io.refdata.persistence.revision.Revisions;
import io.refdata.persistence.sql.SqlText;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The revision of a push, and the tables that its rows go into.
 *
 * @param tables the tables by time
 * @param hasRollups true if the dataset has rollups
 */
record PushedPartitions(int revision, List<Tables> tables, boolean hasRollups) {
  /**
   * The tables of one partition, with their schema.
   *
   * @param lower the first instant of the partition
   */
  record Tables(Instant lower, String values, String vintages) {}

  /**
   * Waits for the dataset and opens its revision. Then, since only now nobody else can change the
   * dataset, it finds the partitions, stores the push as it arrived, and creates missing
   * partitions.
   *
   * @param dataset as the push was checked against it
   * @param starts the partitions' first instants, by time
   * @param content the whole push in JSON
   * @throws ResourceBusy if the definition of the dataset has changed
   * @throws NoSuchItem if the dataset was deleted
   * @throws InvalidLoad if the dataset would have too many partitions (then it creates none)
   * @throws RowsRetired if retention has removed one of them
   */
  static PushedPartitions open(
      Handle handle, Dataset dataset, List<Instant> starts, String content, Author author) {
    record Found(
        String definition,
        String[] values,
        String[] vintages,
        @Nullable OffsetDateTime retiredBefore,
        boolean hasRollups) {}
    int id = Objects.requireNonNull(dataset.id());
    int revision = Revisions.open(handle, id, author);
    Found found =
        handle
            .createQuery(
                SqlText.of(
                        """
                        with stored as (<store>)
                        select <definition>, array(<values>), array(<vintages>),
                               (select max(r.upper) from curated.retired_partition r
                                 where r.dataset_id = d.id),
                               exists (select from curated.rollup r where r.dataset_id = d.id)
                          from curated.dataset d
                         where d.id = :dataset
                        """)
                    .with("store", Pushes.STORE)
                    .with("definition", Definition.SQL)
                    .with("values", find("VALUE"))
                    .with("vintages", find("VINTAGE"))
                    .text())
            .bind("target", Pushes.target(dataset))
            .bind("content", content)
            .bind("dataset", id)
            .bindArray(
                "starts",
                OffsetDateTime.class,
                starts.stream().map(start -> start.atOffset(ZoneOffset.UTC)).toList())
            .map(
                (row, context) ->
                    new Found(
                        row.getString(1),
                        (String[]) row.getArray(2).getArray(),
                        (String[]) row.getArray(3).getArray(),
                        row.getObject(4, OffsetDateTime.class),
                        row.getBoolean(5)))
            .findOne()
            .orElseThrow(() -> new NoSuchItem("datasets", dataset.code().value()));
    if (!found.definition().equals(Definition.of(dataset).text())) {
      throw ResourceBusy.changed(dataset.code());
    }
    if (found.retiredBefore() != null
        && starts.get(0).isBefore(found.retiredBefore().toInstant())) {
      throw new RowsRetired(found.retiredBefore().toInstant());
    }
    List<Tables> tables = new ArrayList<>();
    List<Instant> missing = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      if (found.values()[i] == null) {
        missing.add(starts.get(i));
      }
      tables.add(new Tables(starts.get(i), found.values()[i], found.vintages()[i]));
    }
    return new PushedPartitions(
        revision,
        missing.isEmpty() ? tables : create(handle, id, starts, missing),
        found.hasRollups());
  }

  private static String find(String kind) {
    return """
    select 'curated.' || p.leaf
      from unnest(:starts) with ordinality as s (lower, n)
      left join curated.partition p
        on p.dataset_id = :dataset and p.kind = '%s' and p.lower = s.lower
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
              return new Tables(start, partition.values(), partition.vintages());
            })
        .toList();
  }
}
