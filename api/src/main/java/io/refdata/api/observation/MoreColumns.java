package io.refdata.api.observation;

/**
 * Which columns observations have beside their series, time, value and status.
 *
 * @param action how each one changed: for {@code updatedAfter}
 * @param coverage what share of the periods or members due each result is worked out from
 * @param missing which members of a region each result lacks
 */
record MoreColumns(boolean action, boolean coverage, boolean missing) {}
