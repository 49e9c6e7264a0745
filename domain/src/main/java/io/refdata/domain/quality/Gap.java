package io.refdata.domain.quality;

/**
 * Consecutive periods of a series that lack an observation, between two that have one.
 *
 * @param series the key of the series
 * @param from the first of them, as its frequency writes it
 * @param to the last of them
 * @param periods how many of them are due: closed ones do not count
 */
public record Gap(String series, String from, String to, long periods) {}
