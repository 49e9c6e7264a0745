package io.refdata.api.request;

import io.refdata.api.request.MediaTypes.Range;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The media types that a client accepts (RFC 9110, 12.5.1). Upper and lower case mean the same.
 * Weights and {@code charset=utf-8} are read, because all text is sent in UTF-8; other parameters
 * have no effect.
 */
public final class Accept {
  /** The parsed header of a request; missing if the request has none. */
  public static final AttachmentKey<Accept> KEY = AttachmentKey.create(Accept.class);

  private static final Accept ANYTHING = new Accept(List.of());
  private static final String CHARSET = "utf-8";

  private final List<Range> ranges;

  private Accept(List<Range> ranges) {
    this.ranges = ranges;
  }

  /** Reads the lines of the header; empty if they are not made of media types. */
  public static Optional<Accept> parse(List<String> lines) {
    return MediaTypes.all(String.join(",", lines)).map(Accept::new);
  }

  /** The header of a request; without a header, any type is accepted. */
  public static Accept of(HttpServerExchange exchange) {
    Accept accept = exchange.getAttachment(KEY);
    return accept == null ? ANYTHING : accept;
  }

  /**
   * The type with the highest weight, the first of several with the same weight; empty if none is
   * accepted.
   */
  public Optional<MediaType> best(List<MediaType> types) {
    List<MediaType> acceptable = new ArrayList<>(types);
    acceptable.removeIf(type -> weight(type) == 0);
    // The sort is stable, so among equal weights the first type stays first.
    acceptable.sort(Comparator.comparingDouble(this::weight).reversed());
    return acceptable.stream().findFirst();
  }

  /** The weight of a type, from 0 to 1: that of the most specific range that contains it. */
  double weight(MediaType type) {
    if (ranges.isEmpty()) {
      return 1;
    }
    int closest = 0;
    double weight = 0;
    for (Range range : ranges) {
      int closeness = closeness(range, type);
      if (closeness > closest
          || (closeness == closest && closeness > 0 && range.weight() > weight)) {
        closest = closeness;
        weight = range.weight();
      }
    }
    return weight;
  }

  /** 0 if the type is not in the range, else the greater the more specific the range is. */
  private static int closeness(Range range, MediaType type) {
    String charset = range.charset();
    if (charset != null && !charset.equals(CHARSET)) {
      return 0;
    } else if (range.type().equals("*")) {
      return range.subtype().equals("*") ? 1 : 0;
    } else if (!range.type().equals(type.getType())) {
      return 0;
    } else if (range.subtype().equals("*")) {
      return 2;
    }
    return !range.subtype().equals(type.getSubtype()) ? 0 : charset == null ? 3 : 4;
  }

  /** The header in a simple form. */
  @Override
  public String toString() {
    return ranges.isEmpty()
        ? MediaType.WILDCARD
        : ranges.stream().map(Range::toString).collect(Collectors.joining(", "));
  }
}
