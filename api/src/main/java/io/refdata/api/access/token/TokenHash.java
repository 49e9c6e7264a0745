package io.refdata.api.access.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of a token, which stands for it in memory: from a dump of the memory nobody gets the
 * tokens that were accepted.
 */
record TokenHash(long first, long second, long third, long fourth) {
  private static final ThreadLocal<MessageDigest> DIGEST =
      ThreadLocal.withInitial(TokenHash::digest);

  static TokenHash of(String token) {
    byte[] hash = DIGEST.get().digest(token.getBytes(StandardCharsets.UTF_8));
    ByteBuffer words = ByteBuffer.wrap(hash);
    return new TokenHash(words.getLong(), words.getLong(), words.getLong(), words.getLong());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }
}
