package io.refdata.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {
  private static final List<MediaType> TYPES =
      List.of(
          MediaType.APPLICATION_JSON_TYPE,
          new MediaType("text", "csv", "UTF-8"),
          new MediaType("application", "x-ndjson"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "application/json                                      | json",
        "APPLICATION/Json                                      | json",
        "application/json;charset=utf-8                        | json",
        "application/json ; Charset=\"UTF-8\"                  | json",
        "application/json;charset=utf-16                       | none",
        "text/csv;charset=utf-8                                | csv",
        "text/csv; charset=UTF-8                               | csv",
        "Text/CSV;header=present                               | csv",
        "*/*                                                   | json",
        "text/csv, */*                                         | json",
        "text/csv, */*;q=0.9                                   | csv",
        "text/csv, application/json                            | json",
        "text/csv;q=0.5,application/json;q=0.5                 | json",
        "application/json;q=0.1 , text/csv ; q=1               | csv",
        "application/json;Q=0.5,text/csv;Q=0.9                 | csv",
        "application/json;q=0, */*                             | csv",
        "application/json;q=0                                  | none",
        "application/*;q=0.2, application/json;q=0.1           | x-ndjson",
        "text/*                                                | csv",
        "text/html, image/gif, *; q=.2, */*; q=.2              | json",
        "application/problem+json, application/json;q=0.1      | json",
        "application/problem+json                              | none",
        "application/json;profile=\"a,b;c\\\"d\"               | json",
        "application/json;                                     | json",
        ",, application/json ,,                                | json",
        "application/json;q=0.3333                             | json",
        "image/png                                             | none",
      })
  void theLikedMostIsChosenAndJsonOfThoseLikedAlike(String header, @Nullable String subtype) {
    assertThat(Accept.parse(List.of(header)).orElseThrow().best(TYPES).map(MediaType::getSubtype))
        .isEqualTo(Optional.ofNullable(subtype));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "q=abc",
        ";q=",
        "application/json;q=",
        "application/json;q=abc",
        "application/json;q=2",
        "application/json;q=-1",
        "application/json;q=1e-1",
        "application/json;a=\"b",
        "a/b/c",
        "/",
        "text/csv nonsense",
        "text/csv, nonsense"
      })
  void whatIsNotMadeOfMediaTypesIsNone(String header) {
    assertThat(Accept.parse(List.of(header))).isEmpty();
  }

  @Test
  void linesAreOneListAndNothingIsAnything() {
    assertThat(Accept.parse(List.of("image/png", "text/csv")).orElseThrow().best(TYPES))
        .contains(TYPES.get(1));
    assertThat(Accept.parse(List.of("")).orElseThrow().best(TYPES)).contains(TYPES.get(0));
  }

  @Test
  void whatIsWrittenPlainlyMeansTheSame() {
    Accept accept = Accept.parse(List.of("Text/CSV; q=.5;x=y, */*;q=0.1")).orElseThrow();
    assertThat(accept).hasToString("text/csv;q=0.5, */*;q=0.1");
    assertThat(Accept.parse(List.of(accept.toString())).orElseThrow())
        .hasToString(accept.toString());
  }

  /** A scanner that went back would not come to an end here. */
  @ParameterizedTest
  @Timeout(60)
  @ValueSource(strings = {"\t", "\u000b", ",", ";", "\"", "\\", "a", "/", "=", "*"})
  void headersOfAnyLengthAreReadInOneGo(String repeated) {
    String header = repeated.repeat(500_000);
    Accept.parse(List.of("a/b;c=" + header));
  }
}
