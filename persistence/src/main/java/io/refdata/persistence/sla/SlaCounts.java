package io.refdata.persistence.sla;

import java.util.List;

/**
 * The events of an SLA in its own window and in the windows of {@link SlaState#BURN_WINDOWS}, in
 * this order.
 *
 * @param events all of them
 * @param bad those that are not good
 */
record SlaCounts(List<Long> events, List<Long> bad) {
  static final SlaCounts NONE =
      new SlaCounts(
          java.util.Collections.nCopies(SlaState.BURN_WINDOWS.size() + 1, 0L),
          java.util.Collections.nCopies(SlaState.BURN_WINDOWS.size() + 1, 0L));
}
