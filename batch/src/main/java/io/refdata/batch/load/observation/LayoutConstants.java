package io.refdata.batch.load.observation;

import io.refdata.batch.load.cell.CodeResolver;
import io.refdata.batch.load.cell.NumberColumn;
import io.refdata.batch.load.cell.Resolved;
import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.time.TimeColumn;
import io.refdata.domain.layout.Source;
import io.refdata.domain.load.InvalidLoad;
import org.jspecify.annotations.Nullable;

/** Reads the constants of a layout; each is null if its source is none. */
final class LayoutConstants {
  private LayoutConstants() {}

  static @Nullable String code(Source source, CodeResolver codes) {
    if (source.constant() == null) {
      return null;
    }
    Resolved resolved = codes.resolve(source.constant());
    if (resolved.reject() != null) {
      throw faulty(resolved.reject());
    }
    return resolved.code();
  }

  /** The start of a period, in microseconds since 1970-01-01T00:00:00Z. */
  static @Nullable Long time(Source source, TimeColumn time) {
    String constant = source.constant();
    if (constant == null) {
      return null;
    }
    long micros = time.parse(constant);
    if (micros == TimeColumn.NONE) {
      throw faulty(time.badTime(constant));
    }
    return micros;
  }

  static @Nullable Double value(Source source, NumberColumn number) {
    String constant = source.constant();
    if (constant == null) {
      return null;
    }
    double value = number.parse(constant);
    if (Double.isNaN(value)) {
      throw faulty(number.reject(constant));
    }
    return value;
  }

  private static InvalidLoad faulty(RejectReason reason) {
    return new InvalidLoad("The layout's constant: " + reason.reason() + ".");
  }
}
