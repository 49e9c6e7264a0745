package io.refdata.api.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Media types and ranges of them, as header fields have them (RFC 9110, 8.3.1 and 12.5.1). */
public final class MediaTypes {
  private final HeaderScanner field;

  private MediaTypes(String field) {
    this.field = new HeaderScanner(field);
  }

  /**
   * A media type or range, in lower case. Of its parameters two mean something here.
   *
   * @param charset in lower case; null if none is said
   * @param weight from 0 to 1
   */
  record Range(String type, String subtype, @Nullable String charset, double weight) {
    @Override
    public String toString() {
      return type
          + "/"
          + subtype
          + (charset == null ? "" : ";charset=" + charset)
          + (weight == 1 ? "" : ";q=" + weight);
    }
  }

  /** One media type as it is written plainly; empty if the field is none. */
  public static Optional<String> one(String field) {
    MediaTypes types = new MediaTypes(field);
    types.field.space();
    return types
        .range()
        .filter(type -> types.field.isAtEnd() && !type.type().equals("*"))
        .map(Range::toString);
  }

  /** All ranges of a field; empty if it is not made of ranges. */
  static Optional<List<Range>> all(String field) {
    MediaTypes types = new MediaTypes(field);
    List<Range> ranges = new ArrayList<>();
    do {
      types.field.space();
      while (types.field.pass(',')) {
        // An element may be empty (RFC 9110, 5.6.1).
      }
      if (types.field.isAtEnd()) {
        return Optional.of(ranges);
      }
      Optional<Range> range = types.range();
      if (range.isEmpty()) {
        return Optional.empty();
      }
      ranges.add(range.get());
    } while (types.field.pass(','));
    return Optional.of(ranges).filter(whole -> types.field.isAtEnd());
  }

  private Optional<Range> range() {
    String type = field.token().toLowerCase(Locale.ROOT);
    String subtype;
    if (field.pass('/')) {
      subtype = field.token().toLowerCase(Locale.ROOT);
    } else if (type.equals("*")) {
      subtype = "*"; // how Java's own client has long written it
    } else {
      return Optional.empty();
    }
    return type.isEmpty() || subtype.isEmpty() ? Optional.empty() : parameters(type, subtype);
  }

  private Optional<Range> parameters(String type, String subtype) {
    String charset = null;
    Optional<Double> weight = Optional.of(1.0);
    while (field.pass(';')) {
      String name = field.token().toLowerCase(Locale.ROOT);
      if (name.isEmpty()) {
        continue; // a semicolon with nothing behind it
      }
      Optional<String> value = field.pass('=') ? field.value() : Optional.of("");
      if (value.isEmpty()) {
        return Optional.empty();
      } else if (name.equals("q")) {
        weight = HeaderScanner.weight(value.get());
      } else if (name.equals("charset")) {
        charset = new HeaderScanner(value.get()).token().toLowerCase(Locale.ROOT);
      }
    }
    String given = charset;
    return weight.map(number -> new Range(type, subtype, given, number));
  }
}
