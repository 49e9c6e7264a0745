package io.refdata.domain.aggregation;

import io.refdata.domain.derivation.UnansweredQuestion;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parts of groups and larger regions, day by day. Groups in a group are resolved to their own
 * members, and each member counts once, however many ways lead to it; groups that hold each other
 * are no fault.
 */
public final class Composition {
  private final Map<String, List<Link>> links = new HashMap<>();
  private final Map<String, NavigableMap<LocalDate, Set<String>>> wholes = new HashMap<>();
  private final Map<String, Set<String>> everMembers = new HashMap<>();
  private final long mostChanges;

  /**
   * A region that is a part of another.
   *
   * @param whole the code of the group or larger region
   * @param part the code of its part
   * @param last true if the part is not resolved further, though it may have parts itself: a
   *     country
   * @param from the first day on which it is a part; null if it always was
   * @param to the last day on which it is a part; null if it still is
   */
  public record Link(
      String whole, String part, boolean last, @Nullable LocalDate from, @Nullable LocalDate to) {
    private boolean holds(LocalDate day) {
      return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }
  }

  /**
   * @param links all links below the codes that will be asked for
   */
  public Composition(List<Link> links) {
    this(links, Long.MAX_VALUE);
  }

  /**
   * @param links all links below the codes that will be asked for
   * @param mostChanges the largest number of days on which the members of one region may change
   */
  public Composition(List<Link> links, long mostChanges) {
    this.mostChanges = mostChanges;
    for (Link link : links) {
      this.links.computeIfAbsent(link.whole(), whole -> new ArrayList<>()).add(link);
    }
  }

  /** Whether a region has parts, on any day. */
  public boolean isWhole(String code) {
    return links.containsKey(code);
  }

  /**
   * The members of a group or larger region on a day, by code: what has no parts itself, or is a
   * country. None if the code is no {@link #isWhole whole}.
   */
  public Set<String> membersOn(String code, LocalDate day) {
    NavigableMap<LocalDate, Set<String>> days = wholes.computeIfAbsent(code, this::days);
    Map.Entry<LocalDate, Set<String>> since = days.floorEntry(day);
    if (since == null) {
      return Set.of();
    }
    return since.getValue();
  }

  /** All members that a group or larger region has had, by code. */
  public Set<String> membersEver(String code) {
    return everMembers.computeIfAbsent(
        code,
        whole -> {
          Set<String> members = new TreeSet<>();
          wholes.computeIfAbsent(whole, this::days).values().forEach(members::addAll);
          return members;
        });
  }

  /**
   * A group or larger region with its members alone: when each is one. Two that have the same
   * members on each day have the same links, whatever they are made of.
   *
   * @return links to members that are not resolved further, by code and day
   */
  public List<Link> flat(String code) {
    List<Link> links = new ArrayList<>();
    Map<String, LocalDate> since = new TreeMap<>();
    wholes
        .computeIfAbsent(code, this::days)
        .forEach(
            (day, members) -> {
              for (String left : List.copyOf(since.keySet())) {
                if (!members.contains(left)) {
                  links.add(flat(code, left, since.remove(left), day.minusDays(1)));
                }
              }
              members.forEach(member -> since.putIfAbsent(member, day));
            });
    since.forEach((member, day) -> links.add(flat(code, member, day, null)));
    links.sort(
        Comparator.comparing(Link::part)
            .thenComparing(Link::from, Comparator.nullsFirst(Comparator.naturalOrder())));
    return links;
  }

  private static Link flat(
      String code, String member, @Nullable LocalDate from, @Nullable LocalDate to) {
    return new Link(code, member, true, LocalDate.MIN.equals(from) ? null : from, to);
  }

  /**
   * The members from each day on that changes them.
   *
   * @throws UnansweredQuestion if they change more often than is looked at
   */
  private NavigableMap<LocalDate, Set<String>> days(String code) {
    Set<String> below = new HashSet<>();
    Set<LocalDate> changes = new TreeSet<>(Set.of(LocalDate.MIN));
    changes(code, below, changes);
    if (changes.size() > mostChanges) {
      throw new UnansweredQuestion(
          "aggregate",
          "takes at most %,d days on which members change; those of %s change on %,d"
              .formatted(mostChanges, code, changes.size()));
    }
    NavigableMap<LocalDate, Set<String>> days = new TreeMap<>();
    for (LocalDate day : changes) {
      Set<String> members = new TreeSet<>();
      resolve(code, day, new HashSet<>(), members);
      days.put(day, members);
    }
    return days;
  }

  private void changes(String whole, Set<String> seen, Set<LocalDate> changes) {
    if (!seen.add(whole)) {
      return;
    }
    for (Link link : links.getOrDefault(whole, List.of())) {
      if (link.from() != null) {
        changes.add(link.from());
      }
      if (link.to() != null) {
        changes.add(link.to().plusDays(1));
      }
      if (!link.last()) {
        changes(link.part(), seen, changes);
      }
    }
  }

  private void resolve(String whole, LocalDate day, Set<String> seen, Set<String> members) {
    if (!seen.add(whole)) {
      return;
    }
    for (Link link : links.getOrDefault(whole, List.of())) {
      if (!link.holds(day)) {
        continue;
      }
      if (link.last() || !isWhole(link.part())) {
        members.add(link.part());
      } else {
        resolve(link.part(), day, seen, members);
      }
    }
  }
}
