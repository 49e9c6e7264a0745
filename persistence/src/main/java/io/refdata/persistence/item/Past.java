package io.refdata.persistence.item;

/**
 * A past state of the reference data.
 *
 * @param revision the latest revision that the state includes; 0 for the time before the first
 *     revision
 */
public record Past(int revision) {}
