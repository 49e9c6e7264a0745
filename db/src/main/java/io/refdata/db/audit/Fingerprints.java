package io.refdata.db.audit;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The fingerprints of some audit rows: the id of each, and its SHA-256, in the order of ids. */
final class Fingerprints {
  private static final int HASH = 32;
  private static final int ENTRY = Integer.BYTES + HASH;

  private final ByteBuffer bytes;

  /**
   * @param bytes null if there are none
   */
  Fingerprints(byte @Nullable [] bytes) {
    this.bytes = ByteBuffer.wrap(bytes == null ? new byte[0] : bytes);
  }

  int count() {
    return bytes.limit() / ENTRY;
  }

  int id(int index) {
    return bytes.getInt(index * ENTRY);
  }

  /** True if an entry has the same hash as one of the others. */
  boolean sameHash(int index, Fingerprints others, int other) {
    return bytes
        .slice(index * ENTRY + Integer.BYTES, HASH)
        .equals(others.bytes.slice(other * ENTRY + Integer.BYTES, HASH));
  }
}
