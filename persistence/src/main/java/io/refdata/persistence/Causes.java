package io.refdata.persistence;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The failures behind a failure. */
public final class Causes {
  private Causes() {}

  /**
   * The failure itself, its causes and what was suppressed, each once. A commit that fails tells
   * its reason only in a suppressed exception (Narayana's RollbackException).
   */
  public static Stream<Throwable> of(Throwable failure) {
    Set<Throwable> all = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> open = new ArrayDeque<>();
    Stream.Builder<Throwable> found = Stream.builder();
    open.add(failure);
    while (!open.isEmpty()) {
      Throwable next = open.remove();
      if (all.add(next)) {
        found.add(next);
        if (next.getCause() != null) {
          open.add(next.getCause());
        }
        open.addAll(List.of(next.getSuppressed()));
      }
    }
    return found.build();
  }
}
