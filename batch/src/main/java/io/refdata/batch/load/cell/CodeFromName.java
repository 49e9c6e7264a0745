package io.refdata.batch.load.cell;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** Derives codes from names. */
public final class CodeFromName {
  private static final int MAX_LENGTH = 64;
  private static final Pattern MARKS = Pattern.compile("\\p{M}++");
  private static final Pattern OTHERS = Pattern.compile("[^A-Z0-9_@$-]++");

  private CodeFromName() {}

  /**
   * The layout's {@code "as": "CODE"}: upper-case, without accents, and each run of characters that
   * a code cannot contain becomes {@code _}. Empty if no character is left.
   */
  public static String as(String text) {
    String plain = MARKS.matcher(decompose(text.strip())).replaceAll("");
    String code = OTHERS.matcher(plain).replaceAll("_");
    String trimmed = trim(code);
    return trimmed.length() <= MAX_LENGTH ? trimmed : trimmed.substring(0, MAX_LENGTH);
  }

  /**
   * Converts to capitals and splits accents from letters. It converts each character separately:
   * with the whole text at once, sorting accents that follow each other and growing the text for
   * each ß (two letters as capitals) takes quadratic time.
   */
  private static String decompose(String text) {
    StringBuilder decomposed = new StringBuilder(text.length());
    text.codePoints()
        .mapToObj(one -> Character.toString(one).toUpperCase(Locale.ROOT))
        .forEach(one -> decomposed.append(Normalizer.normalize(one, Normalizer.Form.NFD)));
    return decomposed.toString();
  }

  private static String trim(String code) {
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

  /**
   * A code that is not taken yet: the name as a code, plus a hash of the name if that code is
   * taken.
   */
  public static String of(String name, Predicate<String> taken) {
    String code = as(name);
    if (!code.isEmpty() && !taken.test(code)) {
      return code;
    }
    CRC32 hash = new CRC32();
    hash.update(name.getBytes(StandardCharsets.UTF_8));
    String suffix = HexFormat.of().withUpperCase().toHexDigits((int) hash.getValue());
    String stem = code.length() <= MAX_LENGTH - 9 ? code : code.substring(0, MAX_LENGTH - 9);
    String distinct = stem.isEmpty() ? "N_" + suffix : stem + "_" + suffix;
    // Two names with the same hash are too rare to justify longer codes for all other names.
    return taken.test(distinct) ? of(name + "\u0001", taken) : distinct;
  }
}
