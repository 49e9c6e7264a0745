package io.refdata.api.response;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
  @ParameterizedTest
  @CsvSource({
    "co2.csv, co2.csv, co2.csv",
    "../../etc/passwd, passwd, passwd",
    "C:\\data\\co2.csv, co2.csv, co2.csv",
    "a b;c.csv, a b;c.csv, a%20b%3Bc.csv",
    "...hidden, hidden, hidden",
    "Émissions 50%.csv, _missions 50_.csv, %C3%89missions%2050%25.csv",
    "say \"hi\".csv, say _hi_.csv, say%20_hi_.csv"
  })
  void aNameIsSafe(String sent, String ascii, String coded) {
    assertThat(FileName.disposition(sent))
        .hasValue("attachment; filename=\"%s\"; filename*=UTF-8''%s".formatted(ascii, coded));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "..", " . ", "a/"})
  void whatLeavesNoNameIsNotSent(String sent) {
    assertThat(FileName.disposition(sent)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nSet-Cookie: b", "a\u0000b", "a\u202Efdp.exe"})
  void noCharacterThatIsNotShownIsLeft(String sent) {
    assertThat(FileName.disposition(sent).orElseThrow())
        .doesNotContain("\r", "\n", "\u0000", "\u202E", "%0D", "%0A", "%E2%80%AE");
  }
}
