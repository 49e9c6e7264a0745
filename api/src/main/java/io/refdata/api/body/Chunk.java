package io.refdata.api.body;

import io.undertow.connector.PooledByteBuffer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A part of a body in memory. Its memory is released when Undertow has passed it to a servlet. */
final class Chunk implements PooledByteBuffer {
  private final BodyMemory memory;
  private final int bytes;
  private @Nullable ByteBuffer buffer;

  /**
   * @param memory in which so many bytes are already reserved
   */
  Chunk(BodyMemory memory, int bytes) {
    this.memory = memory;
    this.bytes = bytes;
    this.buffer = ByteBuffer.allocate(bytes);
  }

  @Override
  public ByteBuffer getBuffer() {
    if (buffer == null) {
      throw new IllegalStateException("The memory of the chunk is released");
    }
    return buffer;
  }

  @Override
  public void close() {
    if (buffer != null) {
      buffer = null;
      memory.release(bytes);
    }
  }

  @Override
  public boolean isOpen() {
    return buffer != null;
  }
}
