package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.load.LoadCases.Outcome;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Quotes in files: around fields, as letters of a text, and where they are forgotten. */
@ArquillianTest
class QuotesInFilesIT {
  private static final String NAMES =
      """
      "properties": {"code": {"column": "code"}, "name": {"column": "name"}},
      """;

  private final PlatformClient client = PlatformForTests.client();
  private final LoadCases cases = new LoadCases("region=regions");

  private String name(String provider) throws Exception {
    return client.get("providers/" + provider).get("name").asText();
  }

  @Test
  void aQuoteThatClosesInAnotherLineIsRejectedByItsLine() throws Exception {
    Outcome outcome =
        cases.load(
            "QUOTES_OPEN",
            "A",
            """
            "time": {"column": "y"}, "dimensions": {"region": {"column": "c"}}, "value": {"column": "n"}
            """,
            """
            c,y,n,by
            NOR,2010,1,Ann
            NOR,2011,2,"Eve
            SWE,2010,3,Max
            SWE,2011,4,"Tom
            FIN,2010,5,Kim
            """);
    assertThat(outcome.observations()).containsExactlyInAnyOrder("NOR 2010 1", "FIN 2010 5");
    assertThat(outcome.rejects()).containsExactly("3 UNBALANCED_QUOTE");
    assertThat(outcome.counts()).isEqualTo("read 3, inserted 2, rejected 1");
  }

  @Test
  void quotesAreLettersIfThereAreNone() throws Exception {
    Outcome tabs =
        cases.loadItems(
            "QUOTES_NONE_TABS",
            "providers",
            NAMES + "\"delimiter\": \"\\t\", \"quote\": null",
            "code\tname\nCASE_Q1\t\"12 inch\nCASE_Q2\tplain\nCASE_Q3\t\"both\"\n");
    assertThat(tabs.rejects()).isEmpty();
    assertThat(tabs.counts()).isEqualTo("read 3, inserted 3");
    assertThat(name("CASE_Q1")).isEqualTo("\"12 inch");
    assertThat(name("CASE_Q2")).isEqualTo("plain");
    assertThat(name("CASE_Q3")).isEqualTo("\"both\"");

    Outcome commas =
        cases.loadItems(
            "QUOTES_NONE",
            "providers",
            NAMES + "\"quote\": null",
            "code,name\nCASE_Q4,\"one\nCASE_Q5,\"two,three\"\n");
    assertThat(commas.rejects()).containsExactly("3 WRONG_FIELD_COUNT");
    assertThat(name("CASE_Q4")).isEqualTo("\"one");
  }

  @Test
  void theLayoutSaysWhichCharacterIsTheQuote() throws Exception {
    Outcome outcome =
        cases.loadItems(
            "QUOTES_SINGLE",
            "providers",
            NAMES + "\"quote\": \"'\"",
            "code,name\nCASE_Q6,'one, ''two'''\nCASE_Q7,\"as is\"\nCASE_Q8,\"\n");
    assertThat(outcome.rejects()).isEmpty();
    assertThat(outcome.counts()).isEqualTo("read 3, inserted 3");
    assertThat(name("CASE_Q6")).isEqualTo("one, 'two'");
    assertThat(name("CASE_Q7")).isEqualTo("\"as is\"");
    assertThat(name("CASE_Q8")).isEqualTo("\"");
  }

  @Test
  void anEscapeMakesTheNextCharacterALetter() throws Exception {
    Outcome outcome =
        cases.loadItems(
            "QUOTES_ESCAPED",
            "providers",
            NAMES + "\"escape\": \"\\\\\"",
            """
            code,name
            CASE_Q9,"says \\"yes\\", twice"
            CASE_Q10,one\\, two
            CASE_Q11,"back\\\\slash"
            CASE_Q12,"ends with \\\\"
            CASE_Q13,last
            """);
    assertThat(outcome.rejects()).isEmpty();
    assertThat(outcome.counts()).isEqualTo("read 5, inserted 5");
    assertThat(name("CASE_Q9")).isEqualTo("says \"yes\", twice");
    assertThat(name("CASE_Q10")).isEqualTo("one, two");
    assertThat(name("CASE_Q11")).isEqualTo("back\\slash");
    assertThat(name("CASE_Q12")).isEqualTo("ends with \\");
    assertThat(name("CASE_Q13")).isEqualTo("last");
  }

  @Test
  void withoutAnEscapeADoubledQuoteIsAQuote() throws Exception {
    Outcome outcome =
        cases.loadItems(
            "QUOTES_DOUBLED",
            "providers",
            NAMES + "\"trim\": true",
            "code,name\nCASE_Q14,\"a \"\"b\"\" c\"\nCASE_Q15,d\\e\n");
    assertThat(outcome.counts()).isEqualTo("read 2, inserted 2");
    assertThat(name("CASE_Q14")).isEqualTo("a \"b\" c");
    assertThat(name("CASE_Q15")).isEqualTo("d\\e");
  }
}
