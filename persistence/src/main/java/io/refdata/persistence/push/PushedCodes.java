package io.refdata.persistence.push;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.UnknownCodes;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.revision.Author;
import io.refdata.domain.revision.Revision;
import io.refdata.domain.text.SnakeCase;
import io.refdata.persistence.dataset.DimensionItems;
import io.refdata.persistence.load.item.NewItems;
import io.refdata.persistence.push.Pushed.RejectedRow;
import io.refdata.persistence.push.Pushed.Row;
import io.refdata.persistence.revision.Revisions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Finds the codes of a push that exist, and creates the others if the dataset allows it. */
final class PushedCodes {
  private final Handle handle;
  private final Dataset dataset;
  private final Map<Dimension, Set<String>> missing = new LinkedHashMap<>();

  PushedCodes(Handle handle, Dataset dataset) {
    this.handle = handle;
    this.dataset = dataset;
  }

  /**
   * Rejects the rows with codes that do not exist, unless these will be created.
   *
   * @param checked rows whose codes are known to exist
   */
  List<Row> check(List<Row> rows, Predicate<Row> checked, List<RejectedRow> rejected) {
    boolean create = dataset.unknownCodes() == UnknownCodes.CREATE;
    List<Row> accepted = new ArrayList<>(rows);
    List<Dimension> dimensions = dataset.dimensions();
    for (int i = 0; i < dimensions.size(); i++) {
      int index = i;
      Dimension dimension = dimensions.get(i);
      Set<String> unknown = new LinkedHashSet<>();
      accepted.stream()
          .filter(checked.negate())
          .forEach(row -> unknown.add(row.dimensions().get(index)));
      if (unknown.isEmpty()) {
        continue;
      }
      unknown.removeAll(DimensionItems.existing(handle, dimension, unknown));
      if (create) {
        missing.put(dimension, unknown);
      } else {
        accepted.removeIf(
            row -> !checked.test(row) && rejectIfUnknown(row, dimension, index, unknown, rejected));
      }
    }
    return accepted;
  }

  private static boolean rejectIfUnknown(
      Row row, Dimension dimension, int index, Set<String> unknown, List<RejectedRow> rejected) {
    String code = row.dimensions().get(index);
    if (!unknown.contains(code)) {
      return false;
    }
    rejected.add(
        new RejectedRow(
            row.number(),
            "UNKNOWN_" + SnakeCase.upper(dimension.code().value()),
            "%s has no item with the code '%s'".formatted(dimension.values(), code)));
    return true;
  }

  /** Creates the missing codes. */
  List<ItemType<?>> create(Author author) {
    if (missing.values().stream().allMatch(Set::isEmpty)) {
      return List.of();
    }
    handle.execute(
        "create temporary table pushed_item (collection text, list text, code text, name text,"
            + " by_name boolean) on commit drop");
    missing.forEach(
        (dimension, codes) ->
            codes.forEach(
                code ->
                    handle.execute(
                        "insert into pushed_item values (?, ?, ?, ?, false)",
                        dimension.listed() ? "codes" : dimension.values(),
                        dimension.listed() ? dimension.list().value() : null,
                        code,
                        code)));
    NewItems items = new NewItems(handle, "pushed_item");
    items.create(Revisions.open(handle, Revision.REFERENCE_DATA, author));
    return items.types();
  }
}
