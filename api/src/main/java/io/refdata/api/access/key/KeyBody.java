package io.refdata.api.access.key;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.access.RoleNames;
import io.refdata.api.problem.Problem;
import io.refdata.domain.access.Role;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.json.Members;
import io.refdata.settings.Setting;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The key that an operator wants.
 *
 * @param roles at least one
 */
record KeyBody(Code name, Set<Role> roles, Instant expiresAt) {
  private static final Duration LONGEST = Setting.API_KEY_LONGEST.time();
  private static final String NAME = "name";
  private static final String ROLES = "roles";
  private static final String EXPIRES = "expiresAt";

  /**
   * Reads a body.
   *
   * @throws Problem if there are faults; it names them all
   */
  static KeyBody parse(JsonNode body, Instant now) {
    List<Fault> faults = new ArrayList<>();
    Members members = Members.of(body, faults);
    members.require(NAME);
    members.require(ROLES);
    members.require(EXPIRES);
    Optional<Code> name =
        members
            .text(NAME)
            .flatMap(
                text -> {
                  Optional<Code> code = Code.parse(text);
                  if (code.isEmpty()) {
                    members.fault(NAME, "must have 1 to 64 letters, digits and _ @ $ -");
                  } else if (text.equals(KeyCredentials.OPERATOR_NAME)) {
                    members.fault(NAME, "is the name of the key in the settings");
                  }
                  return code;
                });
    Set<Role> roles = roles(members, faults);
    Optional<Instant> expires = members.text(EXPIRES).flatMap(text -> expires(text, now, members));
    members.end();
    if (faults.isEmpty() && name.isPresent() && expires.isPresent()) {
      return new KeyBody(name.get(), roles, expires.get());
    }
    throw Problem.invalid(
        faults.stream()
            .map(fault -> Problem.Error.pointer(fault.pointer(), fault.detail()))
            .toList());
  }

  private static Set<Role> roles(Members members, List<Fault> faults) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    List<String> names = members.texts(ROLES).orElse(List.of());
    for (int i = 0; i < names.size(); i++) {
      Optional<Role> role = RoleNames.role(names.get(i));
      if (role.isEmpty()) {
        faults.add(new Fault("/" + ROLES + "/" + i, "must be one of " + RoleNames.ALL));
      } else if (!roles.add(role.get())) {
        faults.add(new Fault("/" + ROLES + "/" + i, "is there twice"));
      }
    }
    if (names.isEmpty() && members.any(ROLES).filter(JsonNode::isArray).isPresent()) {
      members.fault(ROLES, "must have at least one role");
    }
    return roles;
  }

  private static Optional<Instant> expires(String text, Instant now, Members members) {
    try {
      Instant expires = OffsetDateTime.parse(text).toInstant();
      if (expires.isAfter(now) && !expires.isAfter(now.plus(LONGEST))) {
        return Optional.of(expires);
      }
      members.fault(EXPIRES, "must be in the future, at most " + LONGEST + " from now");
    } catch (DateTimeException e) {
      members.fault(EXPIRES, "must be an instant like 2027-11-27T18:00:00Z");
    }
    return Optional.empty();
  }
}
