package io.refdata.persistence.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * JSON as a client may send it (RFC 8259): in UTF-8 and without a byte order mark, no member twice
 * in an object, and every text one that can be kept, without NUL and without half of a surrogate
 * pair. Whatever else comes is {@link MalformedJson}. It is read as a stream: a value at a time.
 */
public final class StrictJson implements AutoCloseable {
  private static final StreamReadConstraints BOUNDS = StreamReadConstraints.defaults();
  private static final String BOUNDED =
      "it nests deeper than %,d levels, or has a number of more than %,d digits or a name of more than %,d characters"
          .formatted(
              BOUNDS.getMaxNestingDepth(), BOUNDS.getMaxNumberLength(), BOUNDS.getMaxNameLength());
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonParser parser;
  private boolean begun;
  private boolean inArray;

  private StrictJson(InputStream in) throws IOException {
    // A reader, as a parser of bytes would guess at UTF-16 and UTF-32, and take what no UTF-8 has.
    parser =
        new StorableTexts(
            JSON.createParser(
                new InputStreamReader(
                    in,
                    StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT))));
  }

  /** Reads values that come one after the other. */
  public static StrictJson values(InputStream in) throws IOException {
    return new StrictJson(in).begin(false);
  }

  /** The same; if the first is an array, its elements, and nothing may follow it. */
  public static StrictJson elements(InputStream in) throws IOException {
    return new StrictJson(in).begin(true);
  }

  /**
   * Reads all there is as one value; null if there is none.
   *
   * @throws MalformedJson if it is not one value, or not as it must be
   */
  public static @Nullable JsonNode only(InputStream in) throws IOException {
    try (StrictJson json = values(in)) {
      JsonNode value = json.next();
      if (value != null) {
        json.end();
      }
      return value;
    }
  }

  /** How a value is read: the parser stands at its first token, and is to be left at its last. */
  @FunctionalInterface
  public interface Reading<T> {
    T read(JsonParser parser) throws IOException;
  }

  /**
   * Reads the next of several values, one after the other; null if there are no more.
   *
   * @throws MalformedJson if it is not as it must be
   */
  public @Nullable JsonNode next() throws IOException {
    return next(JSON::readTree);
  }

  /** The same, in a way that need not hold all of the value. */
  public <T> @Nullable T next(Reading<T> reading) throws IOException {
    try {
      JsonToken token = begun ? parser.nextToken() : parser.currentToken();
      begun = true;
      if (inArray && token == JsonToken.END_ARRAY) {
        end();
        return null;
      }
      return token == null ? null : reading.read(parser);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private StrictJson begin(boolean elements) throws IOException {
    try {
      inArray = parser.nextToken() == JsonToken.START_ARRAY && elements;
      begun = inArray;
      return this;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Whether what is read are the elements of an array. */
  public boolean isArray() {
    return inArray;
  }

  private void end() throws IOException {
    try {
      if (parser.nextToken() != null) {
        throw new MalformedJson("something follows its end", parser.currentTokenLocation());
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** What a failure to read means: malformed JSON, or else that there is nothing to read from. */
  private IOException failure(IOException e) {
    if (e instanceof CharacterCodingException) {
      throw new MalformedJson("it is not in UTF-8, behind this place", parser.currentLocation());
    } else if (e instanceof StorableTexts.Unkeepable text) {
      throw new MalformedJson(text.getOriginalMessage(), place(text), text.pointer());
    } else if (e instanceof JsonProcessingException malformed) {
      throw new MalformedJson(fault(malformed), place(malformed));
    }
    return e;
  }

  private JsonLocation place(JsonProcessingException e) {
    return e.getLocation() == null ? parser.currentLocation() : e.getLocation();
  }

  private static String fault(JsonProcessingException e) {
    if (e instanceof JsonEOFException) {
      return "it ends too early";
    } else if (e instanceof StreamConstraintsException) {
      return BOUNDED;
    } else if (e.getOriginalMessage().startsWith("Duplicate")) {
      return "an object names a member twice";
    }
    return "this is no JSON";
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
