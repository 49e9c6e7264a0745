package io.refdata.domain.feature;

import io.refdata.domain.item.value.Code;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The series of each entity from which a value is taken.
 *
 * @param dataset the code of another dataset; null for that of the feature set
 * @param indicator the code in the dimension whose values are indicators; null if there is none
 * @param dimensions the codes of further dimensions by name; empty if none is fixed
 */
public record SeriesSource(
    @Nullable Code dataset, @Nullable Code indicator, Map<String, Code> dimensions) {
  public SeriesSource {
    dimensions = Map.copyOf(dimensions);
  }
}
