package io.refdata.persistence.index.advice;

/**
 * A statement that ran.
 *
 * @param id the query id of {@code pg_stat_statements}, or 0
 * @param sql with parameters ({@code $1}) in the place of values
 * @param calls how often it was called
 * @param milliseconds what all calls took
 */
public record LiveStatement(long id, String sql, long calls, double milliseconds) {}
