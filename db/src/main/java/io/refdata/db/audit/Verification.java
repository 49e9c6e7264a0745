package io.refdata.db.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of verifying a part of the chain.
 *
 * @param revisions how many revisions were verified, up to the breach
 * @param states how many audit rows they have
 * @param actions how many actions of operators were verified
 * @param removedBefore actions that began before this were removed by retention, at least some;
 *     null if none was
 * @param waiting how many revisions and actions are not sealed yet
 * @param breach the first; null if there is none
 * @param head the hash of the last link that was verified, in hexadecimal; null if there was none
 * @param next the place in the chain after which to go on; null if the chain ends here
 */
public record Verification(
    long revisions,
    long states,
    long actions,
    @Nullable Instant removedBefore,
    long waiting,
    @Nullable Breach breach,
    @Nullable String head,
    @Nullable Long next) {

  /** True if nothing was changed. */
  public boolean isIntact() {
    return breach == null;
  }
}
