package io.refdata.persistence.upkeep;

import org.jspecify.annotations.Nullable;

/**
 * One step of looking after the database, such as the retirement of one partition.
 *
 * @param task the name of the task, in capitals
 * @param subject what it was done to: a table, an index, a dataset
 * @param seconds the time it took
 * @param detail what came of it, or why it was not done; null if there is nothing to say
 */
public record Step(
    String task, String subject, Outcome outcome, double seconds, @Nullable String detail) {}
