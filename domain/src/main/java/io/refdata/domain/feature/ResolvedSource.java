package io.refdata.domain.feature;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The series of one dataset from which a value is taken, one for each unit.
 *
 * @param dataset the position of the dataset in the plan
 * @param codes the code that each dimension must have; null where it is that of the unit
 */
public record ResolvedSource(int dataset, List<@Nullable String> codes) {
  /** Whether a series is one of them. */
  public boolean selects(List<String> dimensions) {
    for (int i = 0; i < codes.size(); i++) {
      String code = codes.get(i);
      if (code != null && !code.equals(dimensions.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The codes of the unit that a series belongs to, joined with dots. */
  public String unit(List<String> dimensions) {
    return java.util.stream.IntStream.range(0, codes.size())
        .filter(i -> codes.get(i) == null)
        .mapToObj(dimensions::get)
        .collect(Collectors.joining("."));
  }

  static ResolvedSource of(int dataset, @Nullable String[] codes) {
    return new ResolvedSource(
        dataset, java.util.Collections.unmodifiableList(Arrays.asList(codes)));
  }
}
