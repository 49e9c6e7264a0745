package io.refdata.batch.load.intake;

import io.refdata.batch.file.Line;
import io.refdata.batch.file.TextFile;
import io.refdata.domain.text.SnakeCase;
import org.jspecify.annotations.Nullable;

/** The words that refusals share. */
public final class RejectReasons {
  private static final int LONGEST_QUOTE = 100;

  private RejectReasons() {}

  /** A dimension or property as it stands in reject codes: {@code capacityMw} is CAPACITY_MW. */
  public static String subject(String name) {
    return SnakeCase.upper(name);
  }

  /** What is wrong with a line as a whole; null if nothing is. */
  public static @Nullable RejectReason line(Line line, int columns) {
    if (line.fault() == Line.Fault.TOO_LONG) {
      return new RejectReason(
          "LINE_TOO_LONG", "the line is longer than %,d characters".formatted(TextFile.BLOCK));
    } else if (line.fault() == Line.Fault.NOT_JSON) {
      return new RejectReason("NOT_JSON", String.valueOf(line.why()));
    } else if (line.count() != columns) {
      return new RejectReason(
          "WRONG_FIELD_COUNT",
          "the line has %d fields, the header %d".formatted(line.count(), columns));
    }
    return null;
  }

  public static RejectReason notANumber(String text) {
    return new RejectReason("NOT_A_NUMBER", "'" + quoted(text) + "' is not a number");
  }

  /** A text as it may stand in a reason. */
  public static String quoted(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }
}
