package io.refdata.persistence.statistics;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session of the database.
 *
 * @param own true if it is one of the platform
 * @param statement the name of its last statement; null if it has none
 * @param since when it came into its state
 * @param blockedBy the sessions that hold the lock it waits for
 */
public record Session(
    int pid,
    @Nullable String application,
    boolean own,
    @Nullable String state,
    @Nullable String statement,
    @Nullable String query,
    @Nullable Instant since,
    @Nullable Instant transactionSince,
    @Nullable String waitsFor,
    List<Integer> blockedBy) {}
