package io.refdata.persistence.item;

/**
 * A past state of the reference data.
 *
 * @param revision the latest revision that it knows of; 0 for the time before the first
 */
public record Past(int revision) {}
