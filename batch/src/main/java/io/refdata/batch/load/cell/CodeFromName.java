package io.refdata.batch.load.cell;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** Codes for what has only a name. */
public final class CodeFromName {
  private static final int LONGEST = 64;
  private static final Pattern MARKS = Pattern.compile("\\p{M}++");
  private static final Pattern OTHERS = Pattern.compile("[^A-Z0-9_@$-]++");

  private CodeFromName() {}

  /**
   * The layout's {@code "as": "CODE"}: upper-case, without accents, what a code cannot hold becomes
   * {@code _}. Empty if nothing is left.
   */
  public static String as(String text) {
    String plain = MARKS.matcher(decomposed(text.strip())).replaceAll("");
    String code = OTHERS.matcher(plain).replaceAll("_");
    String trimmed = trimmed(code);
    return trimmed.length() <= LONGEST ? trimmed : trimmed.substring(0, LONGEST);
  }

  /**
   * In capitals, with its accents apart. Each character by itself: to sort marks that follow each
   * other, and to make room for each ß that becomes two letters, takes the square of them.
   */
  private static String decomposed(String text) {
    StringBuilder decomposed = new StringBuilder(text.length());
    text.codePoints()
        .mapToObj(one -> Character.toString(one).toUpperCase(Locale.ROOT))
        .forEach(one -> decomposed.append(Normalizer.normalize(one, Normalizer.Form.NFD)));
    return decomposed.toString();
  }

  private static String trimmed(String code) {
    int from = 0;
    int to = code.length();
    while (from < to && code.charAt(from) == '_') {
      from++;
    }
    while (from < to && code.charAt(to - 1) == '_') {
      to--;
    }
    return code.substring(from, to);
  }

  /** A code that is not taken yet: the name as a code, with a hash of the name on collision. */
  public static String of(String name, Predicate<String> taken) {
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
