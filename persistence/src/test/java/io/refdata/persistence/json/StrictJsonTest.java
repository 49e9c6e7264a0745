package io.refdata.persistence.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": }",
        "{name: 1}",
        "{'name': 1}",
        "{\"name\": 1,}",
        "{\"name\": 01}",
        "{\"name\": NaN}",
        "{\"name\": \"\\x\"}",
        "{\"name\": \"a\nb\"}",
        "{\"name\": 1} /* no */",
        "{\"a\r\n2026-11-26 ERROR forged\": }"
      })
  void malformedJsonIsReportedByItsLocationAndNotQuoted(String text) {
    assertThat(refused(utf8(text)))
        .matches("(this is not JSON|something follows its end) \\(line \\d+, column \\d+\\)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": 1               | it ends too early (line 1, column",
        "{\"a\": \"b             | it ends too early (line 1, column",
        "{\"a\": 1, \"a\": 2}    | an object names a member twice (line 1, column",
        "{\"a\": 1} {}           | something follows its end (line 1, column 10)",
        "{\"a\": \"\\ud800\"}    | a text holds half of a surrogate pair, which is not a character"
            + " (line 1, column 7)",
        "{\"\\udc00b\": 1}       | a text holds half of a surrogate pair, which is not a character"
            + " (line 1, column 2)",
        "{\"a\": [{\"b\": \"\\u0000\"}]} | a text holds the character U+0000, which cannot be"
            + " stored (line 1, column 14)",
      })
  void eachFaultHasItsOwnMessage(String text, String words) {
    assertThat(refused(utf8(text))).startsWith(words);
  }

  @Test
  void textsThatCannotBeStoredAreReportedWithTheirPointer() {
    assertThat(pointer("{\"a\": [{}, {\"b/c\": \"\\ud800\"}]}")).isEqualTo("/a/1/b~1c");
    assertThat(pointer("{\"name\": \"a\\u0000b\"}")).isEqualTo("/name");
    assertThat(pointer("{\"name\": }")).isEmpty();
  }

  private static String pointer(String text) {
    return catchThrowableOfType(MalformedJson.class, () -> StrictJson.only(stream(text))).pointer();
  }

  @Test
  void jsonBeyondTheLimitsIsRefused() {
    for (String text :
        List.of(
            "[".repeat(5_000),
            "{\"a\":".repeat(2_000),
            "{\"a\": " + "1".repeat(2_000) + "}",
            "{\"a\": 0." + "1".repeat(2_000) + "}",
            "{\"" + "k".repeat(60_000) + "\": 1}")) {
      assertThat(refused(utf8(text))).startsWith("it nests deeper than 1,000 levels, or");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE"})
  void otherEncodingsAreNotGuessed(String charset) {
    assertThat(refused("{\"name\": \"é\"}".getBytes(Charset.forName(charset))))
        .contains("(line 1, column ");
  }

  @Test
  void invalidUtf8AndAByteOrderMarkAreRefused() {
    assertThat(refused("{\"name\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1)))
        .startsWith("it is not in UTF-8");
    byte[] surrogate = utf8("{\"name\": \"???\"}");
    System.arraycopy(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, 0, surrogate, 10, 3);
    assertThat(refused(surrogate)).startsWith("it is not in UTF-8");
    assertThat(refused(utf8("\uFEFF{}"))).isNotEmpty();
  }

  @Test
  void validJsonIsReadUnchanged() throws IOException {
    JsonNode value = StrictJson.only(stream("{\"a\": \"\\ud83d\\ude00é\\n\", \"b\": 1e400}"));
    assertThat(value).isNotNull();
    assertThat(value.get("a").asText()).isEqualTo("\uD83D\uDE00é\n");
    assertThat(StrictJson.only(stream(" "))).isNull();
    assertThat(StrictJson.only(stream("null"))).isNotNull();
  }

  @Test
  void elementsAreReadFromAnArrayOrFromASequence() throws IOException {
    assertThat(elements("[{\"a\": 1}, 2, [3]]")).containsExactly("{\"a\":1}", "2", "[3]");
    assertThat(elements("{\"a\": 1}\n{\"b\": 2}\n")).containsExactly("{\"a\":1}", "{\"b\":2}");
    assertThat(elements("[]")).isEmpty();
    assertThat(elements("")).isEmpty();
    assertThat(catchThrowableOfType(MalformedJson.class, () -> elements("[1] 2")))
        .hasMessageStartingWith("something follows its end");
    assertThat(catchThrowableOfType(MalformedJson.class, () -> elements("[1, 2")))
        .hasMessageStartingWith("it ends too early");
  }

  private static List<String> elements(String text) throws IOException {
    List<String> elements = new ArrayList<>();
    try (StrictJson json = StrictJson.elements(stream(text))) {
      for (JsonNode element = json.next(); element != null; element = json.next()) {
        elements.add(element.toString());
      }
    }
    return elements;
  }

  private static String refused(byte[] bytes) {
    return String.valueOf(
        catchThrowableOfType(
                MalformedJson.class, () -> StrictJson.only(new ByteArrayInputStream(bytes)))
            .getMessage());
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(utf8(text));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
