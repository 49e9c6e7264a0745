package io.refdata.domain.layout;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a file reads, and into what. Members that are not given are null; the accessors below give
 * what then holds.
 *
 * @param into {@code datasets/<code>}, a collection, or {@code code-lists/<code>/codes}
 * @param format {@code csv} or {@code ndjson}
 * @param delimiter what divides the columns
 * @param encoding the character set
 * @param decimal the decimal sign, {@code .} or {@code ,}
 * @param missing what an empty cell may look like
 * @param time where the time is, of observations
 * @param dimensions where each dimension is, of observations
 * @param value where the value is, of a long file
 * @param status where the status is, of a long file
 * @param values which columns hold values, of a wide file
 * @param properties where each property is, of a collection; of a property that is a map, where
 *     what stands under one key is: {@code identifiers.ISIN}
 * @param scope what {@code REPLACE} may delete: property values that an item must have
 */
public record LayoutDefinition(
    String into,
    @Nullable String format,
    @Nullable String delimiter,
    @Nullable String encoding,
    @Nullable String decimal,
    @Nullable List<String> missing,
    @Nullable Source time,
    @Nullable Map<String, Source> dimensions,
    @Nullable Source value,
    @Nullable Source status,
    @Nullable Values values,
    @Nullable Map<String, Source> properties,
    @Nullable Map<String, String> scope) {

  private static final String DATASETS = "datasets/";

  /**
   * Which columns of a wide file hold values; without either, all that are not used otherwise.
   *
   * @param include these
   * @param exclude all but these
   */
  public record Values(@Nullable List<String> include, @Nullable List<String> exclude) {}

  /** The code of the dataset it reads into, if it is one. */
  public Optional<String> dataset() {
    return into.startsWith(DATASETS)
        ? Optional.of(into.substring(DATASETS.length()))
        : Optional.empty();
  }

  /** Where each property is; empty if there are none. */
  public Map<String, Source> propertySources() {
    return properties == null ? Map.of() : properties;
  }

  public boolean json() {
    return "ndjson".equals(format);
  }

  public char fieldSeparator() {
    return delimiter == null ? ',' : delimiter.charAt(0);
  }

  public String charset() {
    return encoding == null ? "UTF-8" : encoding;
  }

  public char decimalSign() {
    return decimal == null ? '.' : decimal.charAt(0);
  }

  public List<String> missingValues() {
    return missing == null ? List.of("", "NA") : missing;
  }
}
