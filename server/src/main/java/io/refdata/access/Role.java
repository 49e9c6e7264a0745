package io.refdata.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A kind of work that a caller may do. A caller may have several roles. This is the only list of
 * them: settings, tokens, keys and the description of the API read it.
 */
public enum Role {
  /** Read data. */
  READER,
  /** Write reference data, datasets and layouts. */
  EDITOR,
  /** Send loads and push observations. */
  LOADER,
  /** Look after the database, the performance and the monitoring. */
  OPERATOR;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The role as tokens, settings and JSON have it: in small letters. */
  public String word() {
    return word;
  }

  /** The role of a word; empty if there is none. */
  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
  }

  /** The words of all roles. */
  public static List<String> words() {
    return words(List.of(values()));
  }

  /** The words of some roles, always in the same order. */
  public static List<String> words(Collection<Role> roles) {
    return roles.stream().sorted().map(Role::word).toList();
  }
}
