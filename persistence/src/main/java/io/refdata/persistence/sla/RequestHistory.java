package io.refdata.persistence.sla;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The requests that the platform has answered. */
interface RequestHistory {
  /**
   * Counts the requests of SLAs.
   *
   * @param handle a snapshot
   * @param slas their names; all are of requests
   * @return by name; an SLA without requests may be absent
   */
  Map<String, SlaCounts> counts(Handle handle, List<String> slas);
}
