package io.refdata.batch.proposal.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormFinderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      value = {
        "a,b\\n1,2\\n ! {}",
        "a;b\\n1,5;2,5\\n ! {\"delimiter\":\";\"}",
        "a|b|c\\n1|2|3\\n ! {\"delimiter\":\"|\"}",
        "a   b\\n1 2\\n22  3\\n ! {\"delimiter\":\" +\"}",
        "# made today\\na,b\\n1,2\\n ! {\"comment\":\"#\"}",
        "#a,b\\n1,2\\n ! {}",
        "Plants\\n\\na,b,c\\n1,2,3\\n4,5,6\\n ! {\"skip\":2}",
        "'a','b'\\n'1,0','2'\\n'3','4'\\n ! {\"quote\":\"'\"}"
      })
  void theFormIsTheOneInWhichLinesHaveAsManyFields(String text, String layout) {
    Proposed proposed = new Proposed("regions");
    new FormFinder(text.replace("\\n", "\n"), false, proposed).find(100);
    proposed.layout().remove("into");
    assertThat(proposed.layout()).hasToString(layout);
  }
}
