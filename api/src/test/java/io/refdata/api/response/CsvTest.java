package io.refdata.api.response;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {"FRA | FRA", "a,b | \"a,b\"", "a\"b | \"a\"\"b\"", "'a\nb' | '\"a\nb\"'"})
  void aFieldIsQuotedWhereItHasToBe(String text, String field) {
    assertThat(Csv.field(text)).isEqualTo(field);
  }
}
