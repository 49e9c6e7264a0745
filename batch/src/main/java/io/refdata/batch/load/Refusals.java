package io.refdata.batch.load;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.Locale;

/** The words that refusals share. */
final class Refusals {
  private Refusals() {}

  /** A dimension or property as it stands in reject codes: {@code capacityMw} is CAPACITY_MW. */
  static String subject(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }

  static Refused fieldCount(int is, int expected) {
    return new Refused(
        "WRONG_FIELD_COUNT", "the line has %d fields, the header %d".formatted(is, expected));
  }

  static Refused notANumber(String text) {
    return new Refused("NOT_A_NUMBER", "'" + text + "' is not a number");
  }

  /** The text of a line, its fields joined again. */
  static String raw(CsvRecord line) {
    return String.join(",", line.getFields());
  }
}
