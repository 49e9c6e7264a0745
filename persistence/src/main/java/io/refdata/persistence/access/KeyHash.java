package io.refdata.persistence.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of the text of a key. The text has 256 random bits, so it can't be found by trying,
 * however fast the hash is. Hashes are compared in constant time.
 */
public final class KeyHash {
  private final byte[] bytes;

  private KeyHash(byte[] bytes) {
    this.bytes = bytes;
  }

  public static KeyHash of(String text) {
    try {
      return new KeyHash(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A hash that is on record. */
  static KeyHash stored(byte[] bytes) {
    return new KeyHash(bytes.clone());
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyHash hash && MessageDigest.isEqual(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(bytes).getInt();
  }

  /** Not the hash itself: it is of no use in a log. */
  @Override
  public String toString() {
    return "a hash of a key";
  }
}
