package io.refdata.api.body;

import io.undertow.connector.PooledByteBuffer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A part of a body in memory; its bytes are given back when Undertow has handed them on. */
final class Chunk implements PooledByteBuffer {
  private final BodyMemory memory;
  private final int bytes;
  private @Nullable ByteBuffer buffer;

  /**
   * @param memory of which so many bytes are taken
   */
  Chunk(BodyMemory memory, int bytes) {
    this.memory = memory;
    this.bytes = bytes;
    this.buffer = ByteBuffer.allocate(bytes);
  }

  @Override
  public ByteBuffer getBuffer() {
    if (buffer == null) {
      throw new IllegalStateException("The bytes are given back");
    }
    return buffer;
  }

  @Override
  public void close() {
    if (buffer != null) {
      buffer = null;
      memory.give(bytes);
    }
  }

  @Override
  public boolean isOpen() {
    return buffer != null;
  }
}
