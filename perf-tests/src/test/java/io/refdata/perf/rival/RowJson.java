package io.refdata.perf.rival;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Writes rows of the reactive client as JSON, by the same Jackson as the platform. */
final class RowJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private RowJson() {}

  /** Writes a body. */
  @FunctionalInterface
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /**
   * The bytes of a body.
   *
   * @param size about how many there are
   */
  static Buffer bytes(int size, Body body) {
    Bytes out = new Bytes(size);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      body.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.buffer();
  }

  /** Bytes that are handed over without a copy. */
  private static final class Bytes extends ByteArrayOutputStream {
    Bytes(int size) {
      super(size);
    }

    Buffer buffer() {
      return Buffer.buffer(io.netty.buffer.Unpooled.wrappedBuffer(buf, 0, count));
    }
  }

  /** Writes members, one for each column from the given one on. */
  static void members(JsonGenerator json, String[] names, Row row, int first) throws IOException {
    for (int i = 0; i < names.length; i++) {
      json.writeFieldName(names[i]);
      value(json, row.getValue(first + i));
    }
  }

  /** Writes the code and the name of an item in two columns, or null. */
  static void reference(JsonGenerator json, String member, Row row, int column) throws IOException {
    String code = row.getString(column);
    if (code == null) {
      json.writeNullField(member);
      return;
    }
    json.writeObjectFieldStart(member);
    json.writeStringField("code", code);
    json.writeStringField("name", row.getString(column + 1));
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Number number) {
      json.writeNumber(number.intValue());
    } else {
      json.writeString(value.toString());
    }
  }
}
