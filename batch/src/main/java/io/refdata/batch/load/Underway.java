package io.refdata.batch.load;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The loads that this server is at work on: each by one step of one job at a time. */
@ApplicationScoped
public class Underway {
  private final Set<Long> loads = ConcurrentHashMap.newKeySet();

  /** A step begins; false if another is at work on the load already. */
  boolean begin(long load) {
    return loads.add(load);
  }

  /** A step that has begun has ended. */
  void end(long load) {
    loads.remove(load);
  }

  boolean has(long load) {
    return loads.contains(load);
  }

  int count() {
    return loads.size();
  }
}
