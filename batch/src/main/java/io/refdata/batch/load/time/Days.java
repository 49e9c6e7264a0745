package io.refdata.batch.load.time;

import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.layout.Source;
import io.refdata.domain.layout.TimePattern;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads days and years of items, by the pattern of the layout if it has one. */
public final class Days {
  private final @Nullable TimePattern pattern;

  public Days(Source source) {
    this.pattern = source.time().pattern() == null ? null : TimeReader.pattern(source.time());
  }

  /**
   * The day as {@code 2012-05-01}, or the year if the pattern has no day. Without a pattern it is
   * the text itself.
   */
  public Optional<String> iso(Property property, String text) {
    if (pattern == null) {
      return Optional.of(property.kind() == PropertyKind.YEAR_OR_DAY ? Years.of(text) : text);
    }
    return pattern.dayOrYear(text);
  }
}
