package io.refdata.persistence.partition;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.function.Function;

/** SQL that selects from the tables of some partitions as if they were one table. */
public final class LeafTables {
  private static final String VALUE_COLUMNS = "time, value, dataset_id, series_id, rev, status";
  private static final String VINTAGE_COLUMNS = VALUE_COLUMNS + ", superseded_by";

  private static final String NO_ROWS =
      """
      (select null::timestamptz as time, null::float8 as value, 0 as dataset_id, 0 as series_id,
              0 as rev, 'A'::"char" as status, 0 as superseded_by where false)\
      """;

  private LeafTables() {}

  /** The current values. */
  public static String values(List<Partition> partitions) {
    return all(partitions, Partition::values, VALUE_COLUMNS);
  }

  /** The vintages: values that were current before. */
  public static String vintages(List<Partition> partitions) {
    return all(partitions, Partition::vintages, VINTAGE_COLUMNS);
  }

  /** The planner applies conditions on the result to each of the tables. */
  private static String all(
      List<Partition> partitions, Function<Partition, String> table, String columns) {
    return switch (partitions.size()) {
      case 0 -> NO_ROWS;
      case 1 -> table.apply(partitions.get(0));
      default ->
          partitions.stream()
              .map(partition -> "select " + columns + " from " + table.apply(partition))
              .collect(joining(" union all ", "(", ")"));
    };
  }
}
