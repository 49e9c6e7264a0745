package io.refdata.domain.item.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {
  @Test
  void theTextParsesToTheSameValue() {
    Identifiers identifiers =
        Identifiers.of(Map.of("MIC", "XPAR", "ISIN", "FR0000133308", "TICKER", "CO1 Comdty: x"));
    assertThat(identifiers).hasToString("ISIN:FR0000133308;MIC:XPAR;TICKER:CO1 Comdty: x");
    assertThat(Identifiers.parse(identifiers.toString())).contains(identifiers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"US0378331005", "GB0002634946", "DE000BAY0017", "AU0000XVGZA3"})
  void anIsinHasItsCheckDigit(String isin) {
    assertThat(Identifiers.fault("ISIN", isin)).isEmpty();
    char last = isin.charAt(11);
    String wrong = isin.substring(0, 11) + (char) (last == '9' ? '0' : last + 1);
    assertThat(Identifiers.fault("ISIN", wrong)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"FIGI,BBG000BLNNH6", "MIC,XNAS", "RIC,AAPL.OQ"})
  void otherSchemesHaveTheirForm(String scheme, String value) {
    assertThat(Identifiers.fault(scheme, value)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "MIC", "MIC:", "MIC:XPARX", "MIC:XPAR;", "MIC:XPAR;MIC:XNAS", "A.B:1"})
  void invalidTextsAreNotParsed(String text) {
    assertThat(Identifiers.parse(text)).isEmpty();
  }

  @Test
  void atLeastOneIdentifierIsRequired() {
    assertThatThrownBy(() -> Identifiers.of(Map.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
