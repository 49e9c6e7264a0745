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
 * In which forms a client takes an answer (RFC 9110, 12.5.1). Letters of any case, weights, and
 * {@code charset=utf-8}, in which all text comes, are understood; other parameters decide about
 * nothing here.
 */
public final class Accept {
  /** What a request said; none if it said nothing. */
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

  /** What a request said. */
  public static Accept of(HttpServerExchange exchange) {
    Accept said = exchange.getAttachment(KEY);
    return said == null ? ANYTHING : said;
  }

  /** The one of some types that it likes best, the first of several; empty if it takes none. */
  public Optional<MediaType> best(List<MediaType> types) {
    List<MediaType> taken = new ArrayList<>(types);
    taken.removeIf(type -> weight(type) == 0);
    // The first of the greatest: what sorts stays in order where it is equal.
    taken.sort(Comparator.comparingDouble(this::weight).reversed());
    return taken.stream().findFirst();
  }

  /** How much it likes a type, from 0 to 1: as the closest of its ranges says. */
  double weight(MediaType type) {
    if (ranges.isEmpty()) {
      return 1;
    }
    int closest = 0;
    double weight = 0;
    for (Range range : ranges) {
      int close = closeness(range, type);
      if (close > closest || (close == closest && close > 0 && range.weight() > weight)) {
        closest = close;
        weight = range.weight();
      }
    }
    return weight;
  }

  /** 0 if the type is not in the range, else the more the narrower the range is. */
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

  /** As it may stand in the header again. */
  @Override
  public String toString() {
    return ranges.isEmpty()
        ? MediaType.WILDCARD
        : ranges.stream().map(Range::toString).collect(Collectors.joining(", "));
  }
}
