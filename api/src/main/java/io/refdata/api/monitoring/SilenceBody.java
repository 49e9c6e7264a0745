package io.refdata.api.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.problem.Problem;
import io.refdata.domain.item.fault.Fault;
import io.refdata.persistence.alert.Alert;
import io.refdata.persistence.json.Members;
import io.refdata.settings.Setting;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The silence that a client wants.
 *
 * @param matchers labels that an alert must have, all of them
 */
record SilenceBody(Map<String, String> matchers, Instant until, String reason) {
  private static final Duration LONGEST = Setting.ALERTS_SILENCE_LONGEST.time();
  private static final int MOST_MATCHERS = 20;
  private static final int MOST_CHARACTERS = 1_000;
  private static final String MATCHERS = "matchers";
  private static final String UNTIL = "until";
  private static final String REASON = "reason";
  private static final List<String> SEVERITIES = List.of("warning", "critical");

  /**
   * Reads a body.
   *
   * @param rules the names of all rules
   * @throws Problem if there are faults; it names them all
   */
  static SilenceBody parse(JsonNode body, Instant now, Set<String> rules) {
    List<Fault> faults = new ArrayList<>();
    Members members = Members.of(body, faults);
    members.require(MATCHERS);
    members.require(UNTIL);
    members.require(REASON);
    Optional<Members> labels = members.object(MATCHERS);
    Map<String, String> matchers = labels.map(Members::textByName).orElse(Map.of());
    int count = body.path(MATCHERS).size();
    if (labels.isPresent() && (count == 0 || count > MOST_MATCHERS)) {
      members.fault(MATCHERS, "must have from 1 to " + MOST_MATCHERS + " labels");
    }
    labels.ifPresent(own -> matchers.forEach((name, value) -> checkLabel(own, name, value, rules)));
    matchers.forEach((name, value) -> check(members, MATCHERS, name + value));
    String reason = members.filledText(REASON).orElse("");
    check(members, REASON, reason);
    Instant until = members.text(UNTIL).map(text -> until(text, now, members)).orElse(now);
    members.end();
    if (!faults.isEmpty()) {
      throw Problem.invalid(
          faults.stream()
              .map(fault -> Problem.Error.pointer(fault.pointer(), fault.detail()))
              .toList());
    }
    return new SilenceBody(matchers, until, reason);
  }

  /** Checks a label: one that no alert has would never match. */
  private static void checkLabel(Members labels, String name, String value, Set<String> rules) {
    if (name.isBlank() || value.isBlank()) {
      labels.fault(name, "must have a name and a value");
    } else if (name.equals(Alert.RULE) && !rules.contains(value)) {
      labels.fault(
          name, "there is no rule " + value + "; GET /api/v1/monitoring/alerts/rules lists them");
    } else if (name.equals(Alert.SEVERITY) && !SEVERITIES.contains(value)) {
      labels.fault(name, "must be one of " + String.join(", ", SEVERITIES));
    }
  }

  private static void check(Members members, String member, String text) {
    if (text.length() > MOST_CHARACTERS) {
      members.fault(member, "can have at most " + MOST_CHARACTERS + " characters");
    } else if (text.indexOf('\0') >= 0) {
      members.fault(member, "has the character NUL");
    }
  }

  private static Instant until(String text, Instant now, Members members) {
    try {
      Instant until = OffsetDateTime.parse(text).toInstant();
      if (until.isAfter(now) && !until.isAfter(now.plus(LONGEST))) {
        return until;
      }
      members.fault(UNTIL, "must be in the future, at most " + LONGEST + " from now");
    } catch (DateTimeException e) {
      members.fault(UNTIL, "must be an instant like 2026-11-27T18:00:00Z");
    }
    return now;
  }
}
