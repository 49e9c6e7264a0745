package io.refdata.api.share;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queue of what waits, by caller. One of each caller comes to its turn before another of the
 * same caller does, so that a caller with many requests delays nobody else by more than one of
 * them. Those of one caller come in the order in which they arrived. Not for several threads at a
 * time.
 */
final class WaitingCallers<T> {
  private final Map<String, Set<T>> callers = new LinkedHashMap<>();
  private int size;

  void add(String caller, T one) {
    if (callers.computeIfAbsent(caller, none -> new LinkedHashSet<>()).add(one)) {
      size++;
    }
  }

  /** False if it does not wait any more. */
  boolean remove(String caller, T one) {
    Set<T> own = callers.get(caller);
    if (own == null || !own.remove(one)) {
      return false;
    }
    if (own.isEmpty()) {
      callers.remove(caller);
    }
    size--;
    return true;
  }

  /** Takes out the one whose turn it is; null if nothing waits. */
  @Nullable T next() {
    if (callers.isEmpty()) {
      return null;
    }
    Map.Entry<String, Set<T>> turn = callers.entrySet().iterator().next();
    String caller = turn.getKey();
    Set<T> own = turn.getValue();
    T first = own.iterator().next();
    own.remove(first);
    callers.remove(caller);
    if (!own.isEmpty()) {
      callers.put(caller, own);
    }
    size--;
    return first;
  }

  int size() {
    return size;
  }

  /** The number of one caller. */
  int size(String caller) {
    Set<T> own = callers.get(caller);
    return own == null ? 0 : own.size();
  }
}
