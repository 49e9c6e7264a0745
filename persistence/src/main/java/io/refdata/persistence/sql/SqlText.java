package io.refdata.persistence.sql;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a statement, or of a part of one, with names in it: {@code select code from <items>}.
 * Each name is replaced by SQL that the code itself makes: names of tables and columns, conditions,
 * numbers. It is never for values of users: these are bound.
 *
 * <p>Only the template is searched for names. So a replacement may contain anything, even what
 * looks like a name.
 *
 * @param template the text with the names; a name has letters, digits and underscores, the first of
 *     them a letter, and stands between {@code <} and {@code >} without spaces
 * @param replacements the replacements so far, by name
 */
public record SqlText(String template, Map<String, String> replacements) {
  private static final Pattern NAME = Pattern.compile("<([A-Za-z][A-Za-z0-9_]*)>");

  public SqlText {
    replacements = Map.copyOf(replacements);
  }

  /** A text whose names have no replacements yet. */
  public static SqlText of(String template) {
    return new SqlText(template, Map.of());
  }

  /**
   * The same text with a replacement for a name, wherever it stands.
   *
   * @param replacement its {@code toString()} is put in place of the name
   * @throws IllegalArgumentException if the text does not have the name, or if it has a replacement
   *     already
   */
  public SqlText with(String name, Object replacement) {
    if (NAME.matcher(template).results().noneMatch(found -> found.group(1).equals(name))) {
      throw new IllegalArgumentException("There is no <" + name + "> in: " + template);
    }
    Map<String, String> more = new HashMap<>(replacements);
    if (more.put(name, replacement.toString()) != null) {
      throw new IllegalArgumentException("<" + name + "> is replaced already in: " + template);
    }
    return new SqlText(template, more);
  }

  /**
   * The SQL.
   *
   * @throws IllegalStateException if a name has no replacement
   */
  public String text() {
    return NAME.matcher(template)
        .replaceAll(found -> Matcher.quoteReplacement(replacement(found.group(1))));
  }

  private String replacement(String name) {
    String replacement = replacements.get(name);
    if (replacement == null) {
      throw new IllegalStateException("<" + name + "> has no replacement in: " + template);
    }
    return replacement;
  }

  /** The same as {@link #text}, so that a text can itself be a replacement. */
  @Override
  public String toString() {
    return text();
  }
}
