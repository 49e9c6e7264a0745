package io.refdata.batch.load.observation;

import io.refdata.batch.file.Line;
import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.intake.RejectReasons;
import io.refdata.domain.layout.Source;
import io.refdata.domain.load.InvalidLoad;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Reads the statuses of lines: a capital letter of SDMX's CL_OBS_STATUS, A if there is none.
 *
 * @see <a href="https://sdmx.org/?page_id=3215">SDMX cross-domain code lists</a>
 */
final class Statuses {
  private static final int NONE = -1;
  private static final int DEFAULT = 'A';

  private final int column;
  private final int constant;
  private final Map<String, String> statusByText;

  /**
   * @param column the number of the column that has them; -1 if there is none
   */
  Statuses(Source source, int column) {
    this.column = column;
    this.statusByText = source.map() == null ? Map.of() : source.map();
    String text = source.constant();
    this.constant = text == null ? DEFAULT : status(text);
    if (text != null && constant == NONE) {
      throw new InvalidLoad("The layout's constant: " + fault(text).reason() + ".");
    }
  }

  /**
   * The status of a line; -1 if the text is none.
   *
   * @param missing whether a field of a line has a text that means that it is empty
   */
  int of(Line line, BiPredicate<Line, Integer> missing) {
    return column < 0 ? constant : of(line, column, missing);
  }

  /** The status in a field of a line; -1 if the text is none. */
  int of(Line line, int field, BiPredicate<Line, Integer> missing) {
    if (!line.has(field) || line.end(field) == line.start(field)) {
      return DEFAULT;
    } else if (statusByText.isEmpty() && line.end(field) - line.start(field) == 1) {
      char letter = line.chars()[line.start(field)];
      if (isStatus(letter)) {
        return letter;
      }
    }
    return missing.test(line, field) ? DEFAULT : status(line.text(field));
  }

  private int status(String text) {
    String mapped = statusByText.getOrDefault(text, text);
    return mapped.length() == 1 && isStatus(mapped.charAt(0)) ? mapped.charAt(0) : NONE;
  }

  private static boolean isStatus(char letter) {
    return 'A' <= letter && letter <= 'Z';
  }

  /** The reject of a line whose text is no status. */
  RejectReason fault(Line line) {
    return fault(line, column);
  }

  /** The reject of a field whose text is no status. */
  RejectReason fault(Line line, int field) {
    return fault(line.text(field));
  }

  private static RejectReason fault(String text) {
    return new RejectReason(
        "BAD_STATUS",
        "'%s' is no status: a capital letter of CL_OBS_STATUS"
            .formatted(RejectReasons.quoted(text)));
  }
}
