package io.refdata.domain.place;

import org.jspecify.annotations.Nullable;

/**
 * A facility at its position, with its fuel and capacity.
 *
 * @param fuel the code of its fuel; null if it is unknown
 * @param capacityMw in megawatts; null if it is unknown
 */
public record Site(Position position, @Nullable String fuel, @Nullable Double capacityMw) {}
