package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.load.LoadCases.Outcome;
import java.nio.charset.Charset;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** The lines of files: what stands above, between and below them, and how fields are separated. */
@ArquillianTest
class LinesInFilesIT {
  private static final String SOURCES =
      """
      "time": {"column": "year"}, "dimensions": {"region": {"column": "area"}}, "value": {"column": "n"}
      """;

  private final LoadCases cases = new LoadCases("region=regions");

  private static String with(String members) {
    return SOURCES + ", " + members;
  }

  @Test
  void spacesAroundFieldsDoNotCount() throws Exception {
    Outcome outcome =
        cases.load(
            "LINES_TRIMMED",
            "A",
            SOURCES,
            "area,year,n\nAUT , 2004 , 1 \n CHE,2005,\u00a02\u00a0\nCHE,2006,  \n");
    assertThat(outcome.observations()).containsExactlyInAnyOrder("AUT 2004 1", "CHE 2005 2");
    assertThat(outcome.rejects()).isEmpty();
    assertThat(outcome.counts()).isEqualTo("read 2, inserted 2");
  }

  @Test
  void spacesCountIfTheLayoutSaysSo() throws Exception {
    Outcome outcome =
        cases.load(
            "LINES_NOT_TRIMMED",
            "A",
            with("\"trim\": false"),
            "area,year,n\nAUT ,2004,1\nAUT,2005,2\nAUT, 2006,3\nAUT,2007, 4\n");
    assertThat(outcome.observations()).containsExactly("AUT 2005 2");
    assertThat(outcome.rejects())
        .containsExactly("2 UNKNOWN_REGION", "4 BAD_TIME", "5 NOT_A_NUMBER");
    assertThat(outcome.counts()).isEqualTo("read 4, inserted 1, rejected 3");
  }

  @Test
  void linesAboveTheHeaderAreNotRead() throws Exception {
    Outcome outcome =
        cases.load(
            "LINES_SKIPPED",
            "A",
            with("\"skip\": 3"),
            "Publisher: \"Statistics Office\nArea,Year,N\n\narea,year,n\nAUT,2004,1\nXXX,2004,2\n");
    assertThat(outcome.observations()).containsExactly("AUT 2004 1");
    assertThat(outcome.rejects()).containsExactly("6 UNKNOWN_REGION");
  }

  @Test
  void aFileThatEndsAboveItsHeaderFailsInWords() throws Exception {
    String message =
        cases.failure(
            "LINES_ALL_SKIPPED",
            "A",
            with("\"skip\": 20"),
            "area,year,n\nAUT,2004,1\nAUT,2005,2\n");
    assertThat(message).containsAnyOf("20", "header", "lines");
  }

  @Test
  void commentsAndWhatStandsBelowTheLastLineAreNotRead() throws Exception {
    Outcome outcome =
        cases.load(
            "LINES_COMMENTS",
            "A",
            with("\"comment\": \"%\", \"stopAt\": \"Note\""),
            """
            % drawn up by hand
            area,year,n
            AUT,2004,1
            % what follows is "preliminary
            CHE,2004,2
            %CHE,2005,"9
            XXX,2006,3
            Note: "AUT" is Austria
            DEU,2004,4
            an unbalanced " quote
            """);
    assertThat(outcome.observations()).containsExactlyInAnyOrder("AUT 2004 1", "CHE 2004 2");
    assertThat(outcome.rejects()).containsExactly("7 UNKNOWN_REGION");
    assertThat(outcome.counts()).isEqualTo("read 3, inserted 2, rejected 1");
  }

  @Test
  void onlyTheBeginningOfALineStopsTheFile() throws Exception {
    Outcome outcome =
        cases.load(
            "LINES_STOP",
            "A",
            with("\"stopAt\": \"CHE,2005\""),
            "area,year,n\nAUT,2004,1\nCHE,2004,2\nCHE,2005,3\nAUT,2005,4\n");
    assertThat(outcome.observations()).containsExactlyInAnyOrder("AUT 2004 1", "CHE 2004 2");
    assertThat(outcome.counts()).isEqualTo("read 2, inserted 2");
  }

  @Test
  void withoutAHeaderColumnsAreNumbers() throws Exception {
    Outcome outcome =
        cases.load(
            "LINES_NO_HEADER",
            "A",
            """
            "header": false, "time": {"column": 3}, "dimensions": {"region": {"column": 2}},
            "value": {"column": 1}
            """,
            "7,AUT,2004,x\n8,CHE,2005,y\n9,CHE,never,z\n");
    assertThat(outcome.observations()).containsExactlyInAnyOrder("AUT 2004 7", "CHE 2005 8");
    assertThat(outcome.rejects()).containsExactly("3 BAD_TIME");
    assertThat(outcome.counts()).isEqualTo("read 3, inserted 2, rejected 1");
  }

  @Test
  void aLineMayLackFieldsAtItsEndIfTheLayoutSaysSo() throws Exception {
    String file = "area,year,n,note\nAUT,2004,1\nCHE,2004\nCHE,2005,2,b\n";
    Outcome whole = cases.load("LINES_OF_ONE_LENGTH", "A", SOURCES, file);
    assertThat(whole.observations()).containsExactly("CHE 2005 2");
    assertThat(whole.rejects()).containsExactly("2 WRONG_FIELD_COUNT", "3 WRONG_FIELD_COUNT");

    Outcome ragged = cases.load("LINES_SHORT", "A", with("\"shortLines\": true"), file);
    assertThat(ragged.observations()).containsExactlyInAnyOrder("AUT 2004 1", "CHE 2005 2");
    assertThat(ragged.rejects()).isEmpty();
    assertThat(ragged.counts()).isEqualTo("read 2, inserted 2");
  }

  @Test
  void runsOfSpacesSeparateFields() throws Exception {
    Outcome outcome =
        cases.load(
            "LINES_ALIGNED",
            "A",
            with("\"delimiter\": \" +\""),
            """
            area  year       n  note
            AUT   2004    1234  "north
            CHE   2005     5.5  b
            LIE   2006       7  "c
            """);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder("AUT 2004 1234", "CHE 2005 5.5", "LIE 2006 7");
    assertThat(outcome.rejects()).isEmpty();
    assertThat(outcome.counts()).isEqualTo("read 3, inserted 3");
  }

  @Test
  void aHeaderMayStandTwiceIfNothingIsReadFromIt() throws Exception {
    String file = "area,year,n,share,share\nAUT,2004,1,0.5,0.6\n";
    Outcome outcome = cases.load("LINES_HEADER_TWICE", "A", SOURCES, file);
    assertThat(outcome.observations()).containsExactly("AUT 2004 1");

    String message =
        cases.failure("LINES_USED_HEADER_TWICE", "A", SOURCES.replace("\"n\"", "\"share\""), file);
    assertThat(message).contains("share", "twice");
  }

  @Test
  void anEmptyCellMeansTheCellAboveIfTheLayoutSaysSo() throws Exception {
    Outcome outcome =
        cases.load(
            "LINES_FILLED",
            "A",
            with("\"fill\": [\"area\", \"year\"]"),
            """
            area,year,n
            ,2004,1
            AUT,2004,2
            ,2005,3
            CHE,,4
            ,2006,
            ,,5
            """);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder("AUT 2004 2", "AUT 2005 3", "CHE 2005 4", "CHE 2006 5");
    assertThat(outcome.rejects()).containsExactly("2 MISSING_REGION");
    assertThat(outcome.counts()).isEqualTo("read 5, inserted 4, rejected 1");
  }

  @Test
  void theLayoutSaysWhichTextsAreEmptyCells() throws Exception {
    Outcome outcome =
        cases.load(
            "LINES_MISSING",
            "A",
            with("\"missing\": [\"..\", \"-\"]"),
            "area,year,n\nAUT,2004,..\nAUT,2005,-\nAUT,2006,-1\nAUT,2007,NA\n-,2008,8\n");
    assertThat(outcome.observations()).containsExactly("AUT 2006 -1");
    assertThat(outcome.rejects()).containsExactly("5 NOT_A_NUMBER", "6 MISSING_REGION");
    assertThat(outcome.counts()).isEqualTo("read 3, inserted 1, rejected 2");
  }

  @Test
  void theMediaTypeTellsTheCharacterSet() throws Exception {
    Outcome outcome =
        cases.load(
            "LINES_CHARSET",
            "A",
            SOURCES
                .replace("year", "année")
                .replace("{\"column\": \"area\"}", "{\"column\": \"area\", \"match\": \"name\"}"),
            "area,année,n,à part\nCôte d’Ivoire,2004,1,été\n"
                .getBytes(Charset.forName("windows-1252")),
            "text/csv; charset=windows-1252");
    assertThat(outcome.observations()).containsExactly("CIV 2004 1");
    assertThat(outcome.counts()).isEqualTo("read 1, inserted 1");
  }

  @Test
  void belowALineThatCannotBeReadNothingIsFilled() throws Exception {
    Outcome outcome =
        cases.load(
            "LINES_FILL_BROKEN",
            "A",
            with("\"fill\": [\"area\"]"),
            "year,area,n\n2000,FRA,1\n2001,DEU,2,more\n2002,,3\n2003,ITA,4\n2004,,5\n");
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder("FRA 2000 1", "ITA 2003 4", "ITA 2004 5");
    assertThat(outcome.rejects()).containsExactly("3 WRONG_FIELD_COUNT", "4 MISSING_REGION");
  }
}
