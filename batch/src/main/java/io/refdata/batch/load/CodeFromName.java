package io.refdata.batch.load;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.zip.CRC32;

/** Codes for what has only a name. */
final class CodeFromName {
  private static final int LONGEST = 64;

  private CodeFromName() {}

  /**
   * The layout's {@code "as": "CODE"}: upper-case, without accents, what a code cannot hold becomes
   * {@code _}. Empty if nothing is left.
   */
  static String as(String text) {
    String plain = Normalizer.normalize(text.strip(), Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    String code = plain.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_@$-]+", "_");
    String trimmed = code.replaceAll("^_+|_+$", "");
    return trimmed.length() <= LONGEST ? trimmed : trimmed.substring(0, LONGEST);
  }

  /** A code that is not taken yet: the name as a code, with a hash of the name on collision. */
  static String of(String name, Predicate<String> taken) {
    String code = as(name);
    if (!code.isEmpty() && !taken.test(code)) {
      return code;
    }
    CRC32 hash = new CRC32();
    hash.update(name.getBytes(StandardCharsets.UTF_8));
    String suffix = HexFormat.of().withUpperCase().toHexDigits((int) hash.getValue());
    String stem = code.length() <= LONGEST - 9 ? code : code.substring(0, LONGEST - 9);
    String distinct = stem.isEmpty() ? "N_" + suffix : stem + "_" + suffix;
    // Two names of one hash are too rare to make the code of every other one longer.
    return taken.test(distinct) ? of(name + "\u0001", taken) : distinct;
  }
}
