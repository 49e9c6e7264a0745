package io.refdata.api.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses media types and media ranges in header fields (RFC 9110, 8.3.1 and 12.5.1). */
public final class MediaTypes {
  private final HeaderScanner field;

  private MediaTypes(String field) {
    this.field = new HeaderScanner(field);
  }

  /**
   * A media type or range, in lower case, with the two parameters that have an effect here.
   *
   * @param charset in lower case; null if none is given
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

  /** The media type of a field in a simple form; empty if the field is not one media type. */
  public static Optional<String> one(String field) {
    MediaTypes types = new MediaTypes(field);
    types.field.skipSpace();
    return types
        .range()
        .filter(type -> types.field.isAtEnd() && !type.type().equals("*"))
        .map(Range::toString);
  }

  /** All ranges of a field; empty if the field is not a list of ranges. */
  static Optional<List<Range>> all(String field) {
    MediaTypes types = new MediaTypes(field);
    List<Range> ranges = new ArrayList<>();
    do {
      types.field.skipSpace();
      while (types.field.skip(',')) {
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
    } while (types.field.skip(','));
    return Optional.of(ranges).filter(list -> types.field.isAtEnd());
  }

  private Optional<Range> range() {
    String type = field.token().toLowerCase(Locale.ROOT);
    String subtype;
    if (field.skip('/')) {
      subtype = field.token().toLowerCase(Locale.ROOT);
    } else if (type.equals("*")) {
      subtype = "*"; // Java's own client has long sent "*" for "*/*"
    } else {
      return Optional.empty();
    }
    return type.isEmpty() || subtype.isEmpty() ? Optional.empty() : parameters(type, subtype);
  }

  private Optional<Range> parameters(String type, String subtype) {
    String charset = null;
    Optional<Double> weight = Optional.of(1.0);
    while (field.skip(';')) {
      String name = field.token().toLowerCase(Locale.ROOT);
      if (name.isEmpty()) {
        continue; // a semicolon with nothing behind it
      }
      Optional<String> value = field.skip('=') ? field.value() : Optional.of("");
      if (value.isEmpty()) {
        return Optional.empty();
      } else if (name.equals("q")) {
        weight = HeaderScanner.weight(value.get());
      } else if (name.equals("charset")) {
        charset = new HeaderScanner(value.get()).token().toLowerCase(Locale.ROOT);
      }
    }
    String charsetGiven = charset;
    return weight.map(number -> new Range(type, subtype, charsetGiven, number));
  }
}
