package io.refdata.persistence.load;

/**
 * What a merge did.
 *
 * @param duplicates how many staged rows were refused because the file had them before
 */
public record Merged(long inserted, long revised, long deleted, long duplicates) {}
