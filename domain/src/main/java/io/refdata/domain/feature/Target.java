package io.refdata.domain.feature;

/**
 * The value to be forecast: {@code y}.
 *
 * @param source its series, always of the dataset of the feature set
 * @param horizon how many periods after that of the row it lies, at least 1
 * @param release which of its values counts
 */
public record Target(SeriesSource source, int horizon, Release release) {}
