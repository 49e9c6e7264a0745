package io.refdata.persistence.load.staging;

import io.refdata.persistence.sql.BinaryCopy;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** A batch of observations in the format of binary COPY, to be copied by one command. */
public final class BinaryRows {
  private static final int ROW = 51;

  private int count;
  private ByteBuffer buffer = ByteBuffer.allocate(1 << 12).put(BinaryCopy.SIGNATURE);

  /** Adds a row, and returns by how many bytes the memory for the batch has grown. */
  public int observation(long micros, double value, int series, byte status) {
    int grown = makeRoom();
    begin(4, micros, value);
    end(series, status);
    return grown;
  }

  /** The same for a row with its place in the file. */
  public int observation(long micros, double value, long place, int series, byte status) {
    int grown = makeRoom();
    begin(5, micros, value);
    buffer.putInt(Long.BYTES).putLong(place);
    end(series, status);
    return grown;
  }

  private int makeRoom() {
    int before = buffer.capacity();
    if (buffer.remaining() < ROW + Short.BYTES) {
      buffer = ByteBuffer.allocate(2 * before).put(buffer.flip());
    }
    return buffer.capacity() - before;
  }

  private void begin(int columns, long micros, double value) {
    buffer
        .putShort((short) columns)
        .putInt(Long.BYTES)
        .putLong(micros - BinaryCopy.EPOCH_MICROS)
        .putInt(Double.BYTES)
        .putDouble(value);
  }

  private void end(int series, byte status) {
    buffer.putInt(Integer.BYTES).putInt(series).putInt(1).put(status);
    count++;
  }

  int size() {
    return buffer.position() - BinaryCopy.SIGNATURE.length;
  }

  /** The bytes that the batch takes in memory, used or not. */
  int capacity() {
    return buffer.capacity();
  }

  int count() {
    return count;
  }

  void clear() {
    count = 0;
    buffer.clear().put(BinaryCopy.SIGNATURE);
  }

  /** Copies the rows; the batch is empty then. */
  void copy(Connection connection, String into) throws SQLException {
    CopyIn copy =
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn(BinaryCopy.command(into));
    buffer.putShort((short) -1);
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    copy.endCopy();
    clear();
  }
}
