package io.refdata.persistence.dataset;

import io.refdata.domain.item.value.Code;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which series of a dataset are meant.
 *
 * @param keys patterns of keys, any of which may match: for each dimension the codes that may stand
 *     there, none for any; empty for all series
 * @param filters what else each must satisfy
 * @param references the revision of the reference data by which regions lie in one another and
 *     indicators have units; null for now
 */
public record SeriesSelection(
    List<List<List<Code>>> keys, List<Filter> filters, @Nullable Integer references) {

  /** The same, with what they refer to as it was at a revision of the reference data. */
  public SeriesSelection withReferencesAt(@Nullable Integer revision) {
    return new SeriesSelection(keys, filters, revision);
  }

  /**
   * What one dimension must be.
   *
   * @param position the dimension's place among the dataset's, from 0
   * @param codes any of these
   * @param within true: or lies, at any depth, in one of these regions
   */
  public record Filter(int position, List<Code> codes, boolean within) {}
}
