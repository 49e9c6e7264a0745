package io.refdata.batch.load.cell;

import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.intake.RejectReasons;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The codes that the texts of a file become, to find two texts that become the same one. */
public final class DerivedCodes {
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\\p{Z}_-]++");

  private final Map<String, String> textOf = new HashMap<>();

  /** The text, another than this one, that became a code before. */
  public Optional<String> other(String code, String text) {
    String first = textOf.putIfAbsent(code, text);
    return Optional.ofNullable(first).filter(before -> !same(before, text));
  }

  /** The reject of a text whose code another text has got. */
  public static RejectReason ambiguous(String text, String code, String other) {
    return new RejectReason(
        "AMBIGUOUS_CODE",
        "'%s' would get the code '%s', which '%s' has got: two texts, one code"
            .formatted(RejectReasons.quoted(text), code, RejectReasons.quoted(other)));
  }

  /**
   * Whether two texts are the same but for the case of letters, and what stands between words:
   * {@code Wave and Tidal} and {@code WAVE_AND_TIDAL}.
   */
  static boolean same(String one, String other) {
    return one.equals(other) || words(one).equals(words(other));
  }

  private static String words(String text) {
    String plain = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
    return BETWEEN_WORDS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("_");
  }
}
