package io.refdata.api.observation;

import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.settings.Setting;
import java.io.ByteArrayOutputStream;

/** The bytes of an answer that is built in memory: a bounded number. */
final class PartBytes extends ByteArrayOutputStream {
  private static final long MOST = Setting.OBSERVATIONS_BYTES.number();

  /**
   * Requires that an answer needs no more bytes than it may have.
   *
   * @throws UnansweredQuestion if it does
   */
  static void requireRoom(long bytes) {
    if (bytes > MOST) {
      throw new UnansweredQuestion(
          "limit",
          "must be given, and smaller: the answer takes more than %,d bytes of memory"
              .formatted(MOST));
    }
  }

  @Override
  public synchronized void write(int one) {
    requireRoom(count + 1L);
    super.write(one);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    requireRoom((long) count + length);
    super.write(bytes, from, length);
  }
}
