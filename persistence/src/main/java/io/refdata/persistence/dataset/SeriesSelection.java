package io.refdata.persistence.dataset;

import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.MembershipDay;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A selection of series of a dataset.
 *
 * @param keys patterns of keys, any of which may match: for each dimension the codes that may stand
 *     there, an empty list for any code; empty for all series
 * @param filters further conditions that each series must satisfy
 * @param references the revision of the reference data from which the tree of regions and the units
 *     of indicators are taken; null for the current state
 * @param parts the position of the dimension whose codes, where the keys and filters name them,
 *     also stand for the regions that they consist of; null for none
 */
public record SeriesSelection(
    List<List<List<Code>>> keys,
    List<Filter> filters,
    @Nullable Integer references,
    @Nullable Integer parts) {
  /** A selection of the series of the codes themselves. */
  public SeriesSelection(
      List<List<List<Code>>> keys, List<Filter> filters, @Nullable Integer references) {
    this(keys, filters, references, null);
  }

  /**
   * The same selection, with the items referred to as they were at a revision of the reference
   * data.
   */
  public SeriesSelection withReferencesAt(@Nullable Integer revision) {
    return new SeriesSelection(keys, filters, revision, parts);
  }

  /** The same selection, with the parts of the regions at a position of the dimensions. */
  public SeriesSelection withParts(int position) {
    return new SeriesSelection(keys, filters, references, position);
  }

  /** The codes that are named at a position of the dimensions. */
  public Set<String> named(int position) {
    Set<String> named = new TreeSet<>();
    keys.forEach(key -> key.get(position).forEach(code -> named.add(code.value())));
    filters.stream()
        .filter(filter -> filter.position() == position)
        .forEach(filter -> filter.codes().forEach(code -> named.add(code.value())));
    return named;
  }

  /**
   * Whether the series of some codes is selected by itself, not as a part of another. Descendants
   * of regions are not looked for.
   *
   * @param dimensions a code for each dimension
   */
  public boolean selects(List<String> dimensions) {
    return (keys.isEmpty() || keys.stream().anyMatch(key -> matches(key, dimensions)))
        && filters.stream()
            .allMatch(filter -> holds(filter.codes(), dimensions.get(filter.position())));
  }

  private static boolean matches(List<List<Code>> key, List<String> dimensions) {
    for (int position = 0; position < key.size(); position++) {
      List<Code> codes = key.get(position);
      if (!codes.isEmpty() && !holds(codes, dimensions.get(position))) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(List<Code> codes, String code) {
    return codes.stream().anyMatch(one -> one.value().equals(code));
  }

  /**
   * A condition on one dimension.
   *
   * @param position the dimension's position among the dataset's dimensions, from 0
   * @param codes the codes of which the dimension must have one
   * @param on not null: the dimension may also be a region that lies in one of these regions, at
   *     any depth, as a descendant or as a member of a group on that day
   */
  public record Filter(int position, List<Code> codes, @Nullable MembershipDay on) {
    /** True if regions that lie in one of the codes count too. */
    public boolean within() {
      return on != null;
    }
  }
}
