package io.refdata.domain.layout;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form in which times are written.
 *
 * @param pattern a {@link TimePattern}; null for the usual forms
 * @param locale the language of the names of months and days in the pattern, like {@code de};
 *     English if null
 * @param pivotYear the first of the hundred years that years of two digits stand for; 80 years ago
 *     if null
 * @param within true: a day or instant stands for the period that it is in; else it must be its
 *     first or last day
 * @param zone the zone of local times, like {@code Europe/Berlin}; UTC if null
 * @param zoneColumn the column with the zone of each line
 * @param zones the zones by the texts of that column
 * @param fiscal the month in which years begin, {@code 04}; with a minus sign, the month of the
 *     year before
 * @param excel true: days since 1899-12-30
 * @param epoch {@code s} or {@code ms}: seconds or milliseconds since 1970-01-01T00:00:00Z
 */
public record TimeForm(
    @Nullable String pattern,
    @Nullable String locale,
    @Nullable Integer pivotYear,
    boolean within,
    @Nullable String zone,
    @Nullable String zoneColumn,
    @Nullable Map<String, String> zones,
    @Nullable String fiscal,
    boolean excel,
    @Nullable String epoch) {

  /** The usual forms, in UTC. */
  public static final TimeForm USUAL =
      new TimeForm(null, null, null, false, null, null, null, null, false, null);

  /**
   * Times in a pattern, in UTC.
   *
   * @param locale the language of the names of months and days; English if null
   */
  public static TimeForm of(String pattern, @Nullable String locale) {
    return new TimeForm(pattern, locale, null, false, null, null, null, null, false, null);
  }

  /** True if times are local ones of a zone. */
  public boolean local() {
    return zone != null || zoneColumn != null;
  }
}
