package io.refdata.domain.feature;

import java.time.Instant;
import java.util.List;

/**
 * An instant as of which rows are worked out.
 *
 * @param at the instant; what was recorded, or published, exactly then counts
 * @param references the revision of the reference data that counts; 0 if there was none
 * @param revisions the revision of each dataset of the plan that was known at that instant; 0 if
 *     there was none
 */
public record FeatureCutoff(Instant at, int references, List<Integer> revisions) {
  public FeatureCutoff {
    revisions = List.copyOf(revisions);
  }
}
