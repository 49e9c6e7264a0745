package io.refdata.api.access;

import io.refdata.domain.access.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of roles in JSON: in small letters, as tokens have them. */
public final class RoleNames {
  /** All of them, for a person. */
  public static final String ALL =
      Arrays.stream(Role.values()).map(RoleNames::name).collect(Collectors.joining(", "));

  private RoleNames() {}

  private static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Role> role(String name) {
    return Arrays.stream(Role.values()).filter(role -> name(role).equals(name)).findFirst();
  }

  /** The names of some roles, always in the same order. */
  public static List<String> names(Set<Role> roles) {
    return roles.stream().sorted().map(RoleNames::name).toList();
  }
}
