package io.refdata.batch.load.intake;

import io.refdata.batch.file.Line;
import io.refdata.batch.file.TextFile;
import io.refdata.domain.item.Item;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.domain.text.SnakeCase;
import org.jspecify.annotations.Nullable;

/** Reject reasons that several classes use. */
public final class RejectReasons {
  private static final int MAX_QUOTE = 100;

  private RejectReasons() {}

  /**
   * The name of a dimension or property in reject codes: {@code capacityMw} becomes CAPACITY_MW.
   */
  public static String subject(String name) {
    return SnakeCase.upper(name);
  }

  /** The reject of a whole line; null if the line has no fault as a whole. */
  public static @Nullable RejectReason line(Line line) {
    if (line.fault() == Line.Fault.TOO_LONG) {
      return new RejectReason(
          "LINE_TOO_LONG", "the line is longer than %,d characters".formatted(TextFile.BLOCK));
    } else if (line.fault() == Line.Fault.TOO_LONG_OVER_LINES) {
      return new RejectReason(
          "LINE_TOO_LONG",
          "the line is longer than %,d characters, because a quote goes on over line ends"
              .formatted(TextFile.BLOCK));
    } else if (line.fault() == Line.Fault.UNBALANCED_QUOTE) {
      return new RejectReason(
          "UNBALANCED_QUOTE",
          "a quote opens here and goes on over line ends, and text follows where it closes:"
              + " a quote is missing");
    } else if (line.fault() == Line.Fault.NOT_JSON) {
      return new RejectReason("NOT_JSON", String.valueOf(line.faultDetail()));
    } else if (line.fault() == Line.Fault.WRONG_FIELD_COUNT) {
      return new RejectReason("WRONG_FIELD_COUNT", String.valueOf(line.faultDetail()));
    }
    return null;
  }

  /** The reject of a line of which a cell means the one above, in a line with a fault. */
  public static RejectReason lacksAbove() {
    return new RejectReason(
        "CELL_ABOVE_UNKNOWN", "a cell means the one above it, and that line has a fault");
  }

  /**
   * Checks, for REPLACE, that what a rejected line names can be spared: that it is one line, and
   * has its cells itself.
   *
   * @throws InvalidLoad if not
   */
  public static void requireKnown(Line line, RejectReason reason) {
    if (line.fault() == Line.Fault.UNBALANCED_QUOTE
        || line.fault() == Line.Fault.TOO_LONG_OVER_LINES) {
      throw new InvalidLoad(
          "Line %d: %s. REPLACE would delete what the lines after it have."
              .formatted(line.number(), reason.reason()));
    } else if (line.lacksAbove()) {
      throw new InvalidLoad(
          "Line %d: %s. REPLACE would delete what it names."
              .formatted(line.number(), lacksAbove().reason()));
    }
  }

  /** The reason why an item is not created of a name. */
  public static String tooLongName(String name) {
    return "'%s' has more than %d characters".formatted(quoted(name), Item.LONGEST_NAME);
  }

  /** A text, shortened for use in a reason. */
  public static String quoted(String text) {
    return text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "…";
  }
}
