package io.refdata.persistence.json;

import com.fasterxml.jackson.core.JsonFactory;
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
import io.refdata.settings.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON from clients with strict rules (RFC 8259): in UTF-8 and without a byte order mark, no
 * member twice in an object, and only texts that can be stored, without NUL and without half of a
 * surrogate pair. Any other input is {@link MalformedJson}. It is read as a stream, one value at a
 * time.
 */
public final class StrictJson implements AutoCloseable {
  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder()
          .maxNestingDepth((int) Setting.JSON_DEPTH.number())
          .maxNumberLength((int) Setting.JSON_NUMBER.number())
          .maxNameLength((int) Setting.JSON_NAME.number())
          .maxStringLength((int) Setting.JSON_TEXT.number())
          .build();
  private static final String BOUNDED =
      "it nests deeper than %,d levels, or has a number of more than %,d digits, a name of more than %,d characters or a text of more than %,d"
          .formatted(
              BOUNDS.getMaxNestingDepth(),
              BOUNDS.getMaxNumberLength(),
              BOUNDS.getMaxNameLength(),
              BOUNDS.getMaxStringLength());
  private static final JsonMapper JSON =
      JsonMapper.builder(JsonFactory.builder().streamReadConstraints(BOUNDS).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final JsonParser parser;
  private boolean begun;
  private boolean inArray;

  private StrictJson(InputStream in) throws IOException {
    // A reader, since a parser of bytes would also accept UTF-16, UTF-32 and invalid UTF-8.
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

  /**
   * Reads values as {@link #values} does; but if the first is an array, reads its elements, and
   * nothing may follow the array.
   */
  public static StrictJson elements(InputStream in) throws IOException {
    return new StrictJson(in).begin(true);
  }

  /**
   * Reads the whole input as one value; null if it is empty.
   *
   * @throws MalformedJson if it is not exactly one valid value
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

  /** Reads a value: the parser stands at its first token, and must be left at its last one. */
  @FunctionalInterface
  public interface Reading<T> {
    T read(JsonParser parser) throws IOException;
  }

  /**
   * Reads the next of several values, one after the other; null if there are no more.
   *
   * @throws MalformedJson if it is not valid
   */
  public @Nullable JsonNode next() throws IOException {
    return next(JSON::readTree);
  }

  /** Reads the next value with a reader that need not hold all of it in memory. */
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

  /** True if the values are the elements of an array. */
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

  /**
   * Throws {@link MalformedJson} if that caused a failure to read; otherwise the input could not be
   * read, and the failure is returned.
   */
  private IOException failure(IOException e) {
    if (e instanceof CharacterCodingException) {
      throw new MalformedJson("it is not in UTF-8, after this place", parser.currentLocation());
    } else if (e instanceof StorableTexts.UnstorableText text) {
      throw new MalformedJson(text.getOriginalMessage(), location(text), text.pointer());
    } else if (e instanceof JsonProcessingException malformed) {
      throw new MalformedJson(fault(malformed), location(malformed));
    }
    return e;
  }

  private JsonLocation location(JsonProcessingException e) {
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
    return "this is not JSON";
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
