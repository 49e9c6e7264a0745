package io.refdata.persistence.reference;

/**
 * A past state of the reference data.
 *
 * @param revision the latest revision that it knows of; 0 for the time before the first
 * @param depth how far references are followed: 1 to what items refer to, 2 also to what that
 *     refers to. What lies beyond has no code and no name, and must not be read.
 */
public record Past(int revision, int depth) {}
