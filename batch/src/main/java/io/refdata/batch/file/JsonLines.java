package io.refdata.batch.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the lines of NDJSON. Each line is a JSON object, and its members are the fields. A member
 * that is null counts as absent. A member that is an object or an array is read as its JSON text.
 */
public final class JsonLines implements LineReader {
  /** The longest name of a column. All names of members are held in memory. */
  private static final int MAX_NAME_LENGTH = 1_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNameLength(MAX_NAME_LENGTH).build())
          .build();

  private final Map<String, Integer> fields = new HashMap<>();
  private final Line line;
  private final char decimalSign;

  /**
   * @param columns the names of the members to read
   * @param trim whether spaces around texts are left out
   * @param decimalSign the decimal sign of the layout: numbers of JSON are written with it, so that
   *     they are read as what they are
   */
  public JsonLines(List<String> columns, boolean trim, char decimalSign) {
    this.decimalSign = decimalSign;
    this.line = new Line(trim);
    columns.forEach(column -> fields.put(column, fields.size()));
  }

  @Override
  public void read(Block block, LineHandler handler) {
    if (block.cut()) {
      // Its first members may still hold the codes of the line.
      read(block.chars(), block.firstLine(), 0, block.length());
      line.fail(Line.Fault.TOO_LONG, null);
      handler.handle(line);
      return;
    }
    forEachLine(
        block,
        (number, start, end) -> {
          read(block.chars(), number, start, end);
          handler.handle(line);
        });
  }

  private interface LineSpan {
    void accept(long number, int start, int end);
  }

  private static void forEachLine(Block block, LineSpan span) {
    char[] chars = block.chars();
    int start = 0;
    long number = block.firstLine();
    while (start < block.length()) {
      int end = start;
      boolean blank = true;
      while (end < block.length() && chars[end] != '\n') {
        blank &= chars[end] <= ' ';
        end++;
      }
      if (!blank) {
        span.accept(number, start, end);
      }
      start = end + 1;
      number++;
    }
  }

  private void read(char[] chars, long number, int start, int end) {
    line.begin(number);
    line.expect(fields.size());
    line.setSource(chars, start, end);
    try (JsonParser parser = JSON.createParser(chars, start, end - start)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        line.fail(Line.Fault.NOT_JSON, "the line is no JSON object");
        return;
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        Integer field = fields.get(parser.currentName());
        JsonToken value = parser.nextToken();
        if (value.isStructStart()) {
          int begin = (int) parser.currentTokenLocation().getCharOffset();
          parser.skipChildren();
          int after = (int) parser.currentLocation().getCharOffset();
          if (field != null) {
            line.put(field, chars, start + begin, after - begin);
          }
        } else if (field != null && value.isNumeric() && decimalSign != '.') {
          char[] digits = parser.getText().replace('.', decimalSign).toCharArray();
          line.put(field, digits, 0, digits.length);
        } else if (field != null && value != JsonToken.VALUE_NULL) {
          line.put(
              field, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
          if (line.text(field).indexOf(0) >= 0) {
            line.fail(Line.Fault.NOT_JSON, "a text holds a zero byte, which no text has");
            return;
          }
        }
      }
      if (parser.nextToken() != null) {
        line.fail(Line.Fault.NOT_JSON, "something follows the JSON object");
      }
    } catch (JsonProcessingException e) {
      line.fail(Line.Fault.NOT_JSON, "the line is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds the names of all members of a block's objects. Skips lines that are not JSON.
   *
   * @param added called with each name that was not in {@code names} before
   */
  public static void addMembers(Block block, Set<String> names, Consumer<String> added) {
    forEachLine(
        block,
        (number, start, end) -> {
          try (JsonParser parser = JSON.createParser(block.chars(), start, end - start)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
              return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
              if (names.add(parser.currentName())) {
                added.accept(parser.currentName());
              }
              parser.nextToken();
              parser.skipChildren();
            }
          } catch (JsonProcessingException e) {
            // The line is rejected later, when it is read.
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
