package io.refdata.persistence.access;

import java.security.SecureRandom;
import java.util.Base64;

/** The text of a new key: {@code rdk_} and 256 random bits in base64url. It is nowhere stored. */
public final class KeyText {
  /** The beginning of every key, by which a leaked one is found in a search. */
  public static final String BEGINNING = "rdk_";

  private static final int RANDOM_BYTES = 32;
  private static final int PREFIX = 8;
  private static final int LENGTH = BEGINNING.length() + 43;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String text;

  private KeyText(String text) {
    this.text = text;
  }

  static KeyText random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return new KeyText(BEGINNING + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** True for a text with the form of a key: any other can be refused without a look. */
  public static boolean isWhole(String text) {
    return text.length() == LENGTH && text.startsWith(BEGINNING);
  }

  /** The whole text: for the one who made the key, once. */
  public String reveal() {
    return text;
  }

  /** The part by which people know it. */
  String prefix() {
    return text.substring(BEGINNING.length(), BEGINNING.length() + PREFIX);
  }

  KeyHash hash() {
    return KeyHash.of(text);
  }

  @Override
  public String toString() {
    return BEGINNING + prefix() + "…";
  }
}
