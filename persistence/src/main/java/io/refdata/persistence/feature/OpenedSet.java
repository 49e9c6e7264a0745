package io.refdata.persistence.feature;

import io.refdata.domain.feature.FeaturePlan;
import io.refdata.domain.item.value.Code;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a feature set over a dataset that is being read: from now on it stays as it is.
 *
 * @param number the version
 * @param asOf the instant as of which it is read; null for now
 * @param settled the last instant of which everything that was recorded by then is known
 * @param references the revision of the reference data at that instant
 */
public record OpenedSet(
    Code code,
    int number,
    String name,
    FeaturePlan plan,
    @Nullable Instant asOf,
    Instant settled,
    int references)
    implements Opened {}
