package io.refdata.api.share;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The queue of what waits, by caller. One of each caller comes to its turn before another of the
 * same caller does, so that a caller with many requests delays nobody else by more than one of
 * them. Of those of one caller the oldest or the newest comes next. Not for several threads at a
 * time.
 */
final class WaitingCallers<T> {
  private final Map<String, Deque<T>> callers = new LinkedHashMap<>();
  private int size;

  /** Adds one, once. */
  void add(String caller, T one) {
    callers.computeIfAbsent(caller, none -> new ArrayDeque<>()).addLast(one);
    size++;
  }

  /** False if it does not wait any more. Who gives up is mostly the oldest of its caller. */
  boolean remove(String caller, T one) {
    Deque<T> own = callers.get(caller);
    if (own == null || !own.removeFirstOccurrence(one)) {
      return false;
    }
    if (own.isEmpty()) {
      callers.remove(caller);
    }
    size--;
    return true;
  }

  /** The oldest of the caller whose turn it is; null if nothing waits. It is not taken out. */
  @Nullable T oldest() {
    return callers.isEmpty() ? null : callers.values().iterator().next().getFirst();
  }

  /** Takes out the oldest of the caller whose turn it is, and the next turn is another caller's. */
  @Nullable T next() {
    return next(false);
  }

  /** Takes out the newest of the caller whose turn it is, and the next turn is another caller's. */
  @Nullable T nextNewest() {
    return next(true);
  }

  private @Nullable T next(boolean newest) {
    if (callers.isEmpty()) {
      return null;
    }
    Map.Entry<String, Deque<T>> turn = callers.entrySet().iterator().next();
    String caller = turn.getKey();
    Deque<T> own = turn.getValue();
    T one = newest ? own.removeLast() : own.removeFirst();
    callers.remove(caller);
    if (!own.isEmpty()) {
      callers.put(caller, own);
    }
    size--;
    return one;
  }

  int size() {
    return size;
  }

  /** The number of one caller. */
  int size(String caller) {
    Deque<T> own = callers.get(caller);
    return own == null ? 0 : own.size();
  }
}
