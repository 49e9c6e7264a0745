package io.refdata.persistence.statistics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A session, and those that wait for it.
 *
 * @param statement the name of its last statement; null if it has none
 */
public record Blocking(
    int pid, @Nullable String statement, @Nullable String query, List<Blocking> blocks) {

  /**
   * The sessions that block others and wait for none, with all that wait for them. A session that
   * waits for several stands below each. If sessions wait for each other in a circle, the first of
   * them stands above the others.
   */
  static List<Blocking> of(List<Session> sessions) {
    Map<Integer, Session> byPid = new TreeMap<>();
    Map<Integer, Set<Integer>> waiting = new TreeMap<>();
    for (Session session : sessions) {
      byPid.put(session.pid(), session);
      for (int blocker : session.blockedBy()) {
        waiting.computeIfAbsent(blocker, added -> new TreeSet<>()).add(session.pid());
      }
    }
    List<Blocking> roots = new ArrayList<>();
    Set<Integer> shown = new HashSet<>();
    for (int blocker : waiting.keySet()) {
      Session session = byPid.get(blocker);
      if (session == null || session.blockedBy().isEmpty()) {
        roots.add(tree(blocker, byPid, waiting, Set.of(), shown));
      }
    }
    for (int blocker : waiting.keySet()) {
      if (!shown.contains(blocker)) {
        roots.add(tree(blocker, byPid, waiting, Set.of(), shown));
      }
    }
    return roots;
  }

  private static Blocking tree(
      int pid,
      Map<Integer, Session> byPid,
      Map<Integer, Set<Integer>> waiting,
      Set<Integer> above,
      Set<Integer> shown) {
    shown.add(pid);
    Set<Integer> path = new HashSet<>(above);
    path.add(pid);
    List<Blocking> below = new ArrayList<>();
    for (int waiter : waiting.getOrDefault(pid, Set.of())) {
      if (!path.contains(waiter)) {
        below.add(tree(waiter, byPid, waiting, path, shown));
      }
    }
    Session session = byPid.get(pid);
    return new Blocking(
        pid,
        session == null ? null : session.statement(),
        session == null ? null : session.query(),
        below);
  }
}
