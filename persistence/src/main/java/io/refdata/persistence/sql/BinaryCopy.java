package io.refdata.persistence.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Copies rows into a table by {@code COPY … WITH (FORMAT binary)}; the format is described in
 * PostgreSQL's manual under COPY, "Binary Format". If {@link #end} is not called before {@link
 * #close}, no row is copied.
 */
public final class BinaryCopy implements AutoCloseable {
  public static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  public static final long EPOCH_MICROS = micros(Instant.parse("2000-01-01T00:00:00Z"));
  private static final int NULL = -1;
  private static final int TEXT_OID = 25;

  private final CopyIn copy;
  private ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

  /**
   * @param into table and columns: {@code staging.load_7 (line, value)}
   */
  public BinaryCopy(Connection connection, String into) throws SQLException {
    copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(command(into));
    buffer.put(SIGNATURE);
  }

  /**
   * An instant as microseconds since 1970-01-01T00:00:00Z. {@code ChronoUnit.MICROS.between} counts
   * nanoseconds first, and so fails before 1677 and after 2262.
   */
  public static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }

  /** The command, with the name of the method that copies. */
  public static String command(String into) {
    return StatementName.tag(
        "copy " + into + " from stdin with (format binary)", StatementName.ofCaller());
  }

  /** Begins a row with the given number of columns. */
  public BinaryCopy row(int columns) throws SQLException {
    if (buffer.position() >= 1 << 15) {
      flush();
    }
    buffer.putShort((short) columns);
    return this;
  }

  public BinaryCopy int4(@Nullable Integer value) {
    if (value == null) {
      room(4).putInt(NULL);
    } else {
      room(8).putInt(4).putInt(value);
    }
    return this;
  }

  public BinaryCopy int8(long value) {
    room(12).putInt(8).putLong(value);
    return this;
  }

  public BinaryCopy float8(@Nullable Double value) {
    if (value == null) {
      room(4).putInt(NULL);
    } else {
      room(12).putInt(8).putDouble(value);
    }
    return this;
  }

  /**
   * A {@code timestamptz}.
   *
   * @param micros microseconds since 1970-01-01T00:00:00Z
   */
  public BinaryCopy instant(long micros) {
    room(12).putInt(8).putLong(micros - EPOCH_MICROS);
    return this;
  }

  /** A {@code "char"}: one byte. */
  public BinaryCopy letter(char value) {
    room(5).putInt(1).put((byte) value);
    return this;
  }

  public BinaryCopy bool(boolean value) {
    room(5).putInt(1).put((byte) (value ? 1 : 0));
    return this;
  }

  /** A {@code smallint}. */
  public BinaryCopy int2(int value) {
    room(6).putInt(2).putShort((short) value);
    return this;
  }

  /** A {@code text[]} without nulls. */
  public BinaryCopy texts(List<String> values) {
    List<byte[]> encoded =
        values.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    int length = 20 + encoded.stream().mapToInt(bytes -> 4 + bytes.length).sum();
    room(4 + length)
        .putInt(length)
        .putInt(1)
        .putInt(0)
        .putInt(TEXT_OID)
        .putInt(values.size())
        .putInt(1);
    encoded.forEach(bytes -> buffer.putInt(bytes.length).put(bytes));
    return this;
  }

  public BinaryCopy text(@Nullable String value) {
    if (value == null) {
      room(4).putInt(NULL);
    } else {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      room(4 + bytes.length).putInt(bytes.length).put(bytes);
    }
    return this;
  }

  /** Ends the rows and returns their number. */
  public long end() throws SQLException {
    room(2).putShort((short) -1);
    flush();
    return copy.endCopy();
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + bytes));
      larger.put(buffer.flip());
      buffer = larger;
    }
    return buffer;
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }
}
