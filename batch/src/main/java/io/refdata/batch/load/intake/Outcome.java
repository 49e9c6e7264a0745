package io.refdata.batch.load.intake;

import io.refdata.persistence.load.staging.Rejects.Reject;
import io.refdata.persistence.load.staging.SparedKeys;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of lines: their counts, their rejects, and the keys that they spare.
 *
 * @param spared the keys that a {@code REPLACE} does not delete; null in other modes
 */
public record Outcome(Tally tally, Consumer<Reject> rejects, @Nullable SparedKeys spared) {}
