package io.refdata.api.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The findings, like put with like: each kind with how often, and one request to repeat it. */
final class Findings {
  private static final Pattern QUOTED = Pattern.compile("'[^']*+'|\"[^\"]*+\"|[0-9]{2,}+");

  private final Map<String, List<String>> kinds = new TreeMap<>();

  synchronized void add(Attempt attempt, String fault, Answer answer) {
    String kind =
        (attempt.operation() == null ? "(no operation)" : attempt.operation())
            + ": "
            + (fault.startsWith("status") ? fault : QUOTED.matcher(fault).replaceAll("…"));
    kinds
        .computeIfAbsent(kind, any -> new ArrayList<>())
        .add(
            "-Dfuzz.only=%d  %s%n    %s%n    answer %s (%d ms)"
                .formatted(
                    attempt.number(), fault, attempt.shown(), answer, answer.nanos() / 1_000_000));
  }

  synchronized boolean isEmpty() {
    return kinds.isEmpty();
  }

  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder();
    kinds.forEach(
        (kind, all) -> text.append("%n%d x %s%n  %s%n".formatted(all.size(), kind, all.get(0))));
    return text.toString();
  }
}
