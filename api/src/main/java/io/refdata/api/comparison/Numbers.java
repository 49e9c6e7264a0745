package io.refdata.api.comparison;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.persistence.json.DecimalText;
import java.io.IOException;
import java.io.Writer;

/** Writes numbers that may be missing. */
final class Numbers {
  private Numbers() {}

  static void write(double number, DecimalText numbers, JsonGenerator json) throws IOException {
    if (Double.isFinite(number)) {
      numbers.write(number, json);
    } else {
      json.writeNull();
    }
  }

  static void write(double number, DecimalText numbers, Writer out) throws IOException {
    if (Double.isFinite(number)) {
      numbers.write(number, out);
    }
  }
}
