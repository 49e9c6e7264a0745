package io.refdata.domain.layout;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The description of a kind of file and of its target. Members that are not given are null; the
 * methods below then return the default.
 *
 * @param into the target: {@code datasets/<code>}, a collection, or {@code code-lists/<code>/codes}
 * @param form how the file is cut into lines and fields
 * @param missing the texts that stand for an empty cell
 * @param decimal the decimal sign, {@code .} or {@code ,}
 * @param thousands the sign between groups of three digits; null if there are no groups
 * @param ignore the texts by column whose lines are left out
 * @param ignoreUnknown true: what names an item that does not exist is left out
 * @param fill the columns whose empty cell means the cell above
 * @param time the source of the time, for observations
 * @param dimensions the source of each dimension, for observations
 * @param value the source of the value, in a long file
 * @param status the source of the status, in a long file
 * @param values the columns that hold values, in a wide file
 * @param properties the source of each property, for a collection; for a property that is a map,
 *     the source of the value under one key: {@code identifiers.ISIN}
 * @param scope property values that an item must have for {@code REPLACE} to delete it
 */
public record LayoutDefinition(
    String into,
    FileForm form,
    @Nullable List<String> missing,
    @Nullable String decimal,
    @Nullable String thousands,
    @Nullable Map<String, List<String>> ignore,
    boolean ignoreUnknown,
    @Nullable List<String> fill,
    @Nullable Source time,
    @Nullable Map<String, Source> dimensions,
    @Nullable Source value,
    @Nullable Source status,
    @Nullable Values values,
    @Nullable Map<String, Source> properties,
    @Nullable Map<String, String> scope) {

  private static final String DATASETS = "datasets/";

  /**
   * The columns of a wide file that hold values. If neither member is given, these are all columns
   * that have no other use.
   *
   * @param include only these columns
   * @param exclude all columns except these
   */
  public record Values(@Nullable List<String> include, @Nullable List<String> exclude) {}

  /** The code of the target dataset, if the target is a dataset. */
  public Optional<String> dataset() {
    return into.startsWith(DATASETS)
        ? Optional.of(into.substring(DATASETS.length()))
        : Optional.empty();
  }

  /** The source of each property; empty if there are none. */
  public Map<String, Source> propertySources() {
    return properties == null ? Map.of() : properties;
  }

  /** The texts by column whose lines are left out; empty if there are none. */
  public Map<String, List<String>> ignored() {
    return ignore == null ? Map.of() : ignore;
  }

  /** The columns whose empty cell means the cell above; empty if there are none. */
  public List<String> filled() {
    return fill == null ? List.of() : fill;
  }

  public char decimalSign() {
    return decimal == null ? '.' : decimal.charAt(0);
  }

  /** The texts among values, times and statuses that mean an empty cell. */
  public List<String> missingValues() {
    return missing == null ? List.of("", "NA") : missing;
  }

  /** The texts among codes and properties that mean an empty cell: a country may be called NA. */
  public List<String> missingCodes() {
    return missing == null ? List.of("") : missing;
  }
}
