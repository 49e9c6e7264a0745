package io.refdata.api.response;

import io.refdata.settings.Setting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Holds a body as long as it is short, {@code refdata.answers.tagged} bytes. A longer one goes on
 * to where it is sent.
 */
final class ShortBody extends OutputStream {
  private static final int MOST = (int) Setting.ANSWERS_TAGGED.number();

  private final @Nullable OutputStream out;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private boolean isLong;

  /**
   * @param out where a longer body goes; null if it is to end with an exception
   */
  ShortBody(@Nullable OutputStream out) {
    this.out = out;
  }

  /** Whether the body is longer. */
  boolean isLong() {
    return isLong;
  }

  /** The whole body, if it is short. */
  byte[] whole() {
    return held.toByteArray();
  }

  @Override
  public void write(int b) throws IOException {
    next(1).write(b);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    next(length).write(bytes, from, length);
  }

  /** Where the next bytes go. */
  private OutputStream next(int bytes) throws IOException {
    if (!isLong && held.size() + bytes <= MOST) {
      return held;
    }
    boolean begins = !isLong;
    isLong = true;
    if (out == null) {
      throw new IOException("Nobody wants the rest");
    } else if (begins) {
      held.writeTo(out);
      held.reset();
    }
    return out;
  }

  @Override
  public void flush() throws IOException {
    if (isLong && out != null) {
      out.flush();
    }
  }
}
