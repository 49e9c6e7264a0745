package io.refdata.domain.text;

import java.util.Locale;

/** Names of properties and dimensions, {@code capacityMw}, as words with {@code _} between them. */
public final class SnakeCase {
  private SnakeCase() {}

  /** The form of column names: {@code capacity_mw}. */
  public static String lower(String name) {
    return divided(name).toLowerCase(Locale.ROOT);
  }

  /** The form in the codes of rejects: {@code CAPACITY_MW}. */
  public static String upper(String name) {
    return divided(name).toUpperCase(Locale.ROOT);
  }

  private static String divided(String name) {
    StringBuilder divided = new StringBuilder(name.length() + 8);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (i > 0 && isCapital(c) && endsWord(name.charAt(i - 1))) {
        divided.append('_');
      }
      divided.append(c);
    }
    return divided.toString();
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean endsWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
