package io.refdata.domain.quality;

/**
 * A value that does not follow from those before it as its series usually does.
 *
 * @param series the number of its series in the database
 * @param period the number of its period
 * @param expected what would have followed
 * @param score how odd it is: over {@link OddValues#ODD}
 */
public record OddValue(int series, long period, double value, double expected, double score) {}
