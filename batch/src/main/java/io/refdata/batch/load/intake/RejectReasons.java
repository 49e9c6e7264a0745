package io.refdata.batch.load.intake;

import io.refdata.batch.file.Line;
import io.refdata.batch.file.TextFile;
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

  /**
   * Checks, for REPLACE, that a rejected line is one line. If it is several, what they name cannot
   * be spared.
   *
   * @throws InvalidLoad if it is several
   */
  public static void requireOneLine(Line line, RejectReason reason) {
    if (line.fault() == Line.Fault.UNBALANCED_QUOTE
        || line.fault() == Line.Fault.TOO_LONG_OVER_LINES) {
      throw new InvalidLoad(
          "Line %d: %s. REPLACE would delete what the lines after it have."
              .formatted(line.number(), reason.reason()));
    }
  }

  /** A text, shortened for use in a reason. */
  public static String quoted(String text) {
    return text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "…";
  }
}
