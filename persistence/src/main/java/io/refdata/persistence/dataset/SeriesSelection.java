package io.refdata.persistence.dataset;

import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.MembershipDay;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A selection of series of a dataset.
 *
 * @param keys patterns of keys, any of which may match: for each dimension the codes that may stand
 *     there, an empty list for any code; empty for all series
 * @param filters further conditions that each series must satisfy
 * @param references the revision of the reference data from which the tree of regions and the units
 *     of indicators are taken; null for the current state
 */
public record SeriesSelection(
    List<List<List<Code>>> keys, List<Filter> filters, @Nullable Integer references) {

  /**
   * The same selection, with the items referred to as they were at a revision of the reference
   * data.
   */
  public SeriesSelection withReferencesAt(@Nullable Integer revision) {
    return new SeriesSelection(keys, filters, revision);
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
