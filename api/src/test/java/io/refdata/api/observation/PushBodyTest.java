package io.refdata.api.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Freshness;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.dataset.OnExpiry;
import io.refdata.domain.dataset.Partitioning;
import io.refdata.domain.dataset.UnknownCodes;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.json.MalformedJson;
import io.refdata.persistence.push.Pushed.RejectedRow;
import io.refdata.persistence.push.Pushed.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushBodyTest {
  private static final String ROW = "{\"region\": \"FRA\", \"time\": %d, \"value\": 1.5}";

  @Test
  void rowsComeAsAnArrayOrAsLines() throws IOException {
    for (String body :
        List.of(
            "[" + ROW.formatted(2019) + ", " + ROW.formatted(2020) + "]",
            ROW.formatted(2019) + "\n" + ROW.formatted(2020) + "\n")) {
      PushBody push = read(body);
      assertThat(push.rows()).extracting(Row::key).containsExactly("FRA", "FRA");
      assertThat(push.rows()).extracting(Row::value).containsExactly(1.5, 1.5);
      assertThat(push.content())
          .isEqualTo(
              "[{\"region\":\"FRA\",\"time\":2019,\"value\":1.5},"
                  + "{\"region\":\"FRA\",\"time\":2020,\"value\":1.5}]");
    }
    assertThat(read("").rows()).isEmpty();
    assertThat(read("[]").content()).isEqualTo("[]");
  }

  @Test
  void whatIsWrongWithARowRefusesIt() throws IOException {
    PushBody push =
        read(
            "[1, [{\"time\": 2020}], {\"region\": {\"time\": 3}},"
                + " {\"region\": \"FRA\", \"time\": \"2020\", \"value\": \"n.a.\"},"
                + " {\"region\": \"FRA\", \"time\": \"2020\", \"value\": [1, {\"value\": 2}]},"
                + " {\"region\": \"FRA\", \"time\": \"2020\"}]");
    assertThat(push.rows()).isEmpty();
    assertThat(push.rejected())
        .extracting(RejectedRow::code)
        .containsExactly(
            "MISSING_REGION",
            "MISSING_REGION",
            "MISSING_REGION",
            "NOT_A_NUMBER",
            "NOT_A_NUMBER",
            "NOT_A_NUMBER");
    assertThat(push.rejected())
        .extracting(RejectedRow::reason)
        .contains("value is no number: \"n.a.\"", "value is no number: […]");
  }

  /** A misspelt status would be an A. */
  @Test
  void anUnknownMemberRefusesItsRow() throws IOException {
    PushBody push =
        read(
            "[{\"region\": \"FRA\", \"time\": 2020, \"value\": 1, \"stauts\": \"P\"},"
                + " {\"region\": \"FRA\", \"time\": 2021, \"value\": 1, \"status\": \"P\"}]");
    assertThat(push.rejected())
        .containsExactly(
            new RejectedRow(
                1,
                "UNKNOWN_MEMBER",
                "'stauts' is no member here; there may be region, time, value, status, key"));
    assertThat(push.rows()).extracting(Row::number).containsExactly(2);
    assertThat(read("{\"" + "x".repeat(1_000) + "\": 1}").rejected().get(0).reason())
        .hasSizeLessThan(150);
  }

  /** A line of an answer can be pushed as it is. */
  @Test
  void aKeyIsThatOfTheDimensions() throws IOException {
    String row = "{\"key\": %s, \"region\": \"FRA\", \"time\": 2020, \"value\": 1}";
    assertThat(read(row.formatted("\"FRA\"")).rejected()).isEmpty();
    for (String wrong : new String[] {"\"DEU\"", "7"}) {
      assertThat(read(row.formatted(wrong)).rejected())
          .as(wrong)
          .extracting(RejectedRow::code)
          .containsExactly("BAD_KEY");
    }
  }

  @Test
  void aStatusIsACapitalLetterOrNothing() throws IOException {
    String row = "{\"region\": \"FRA\", \"time\": 2020, \"value\": 1, \"status\": %s}";
    for (String status : List.of("[\"P\"]", "true", "{\"x\": 1}", "1.5", "5", "\"p\"", "\"\"")) {
      assertThat(read(row.formatted(status)).rejected())
          .as(status)
          .extracting(RejectedRow::code)
          .containsExactly("BAD_STATUS");
    }
    assertThat(read(row.formatted("null")).rows()).extracting(Row::status).containsExactly('A');
    assertThat(read(row.formatted("\"P\"")).rows()).extracting(Row::status).containsExactly('P');
  }

  /** Millions of empty objects are not looked at once there is one row too many. */
  @Test
  void aPushOfTooManyRowsIsReadNoFurther() {
    ByteArrayInputStream body = bytes("[" + "{},".repeat(5_000_000) + "{}]");
    assertThat(
            catchThrowableOfType(Problem.class, () -> PushBody.read(dataset(), body, false)).type())
        .isEqualTo(ProblemType.TOO_LARGE);
    assertThat(body.available()).isGreaterThan(14_000_000);
  }

  @Test
  void aRowHasABound() {
    for (String row :
        List.of(
            "{\"note\": \"" + "x".repeat(60_000) + "\", \"more\": \"" + "y".repeat(60_000) + "\"}",
            "{\"note\": " + "[".repeat(900) + "1,".repeat(1_000_000) + "1" + "]".repeat(900) + "}",
            "{" + "\"a\": {}, ".repeat(1) + "\"b\": [" + "{},".repeat(1_000_000) + "{}]}")) {
      ByteArrayInputStream body = bytes("[" + row + "]");
      assertThat(
              catchThrowableOfType(Problem.class, () -> PushBody.read(dataset(), body, false))
                  .type())
          .isEqualTo(ProblemType.TOO_LARGE);
    }
  }

  @Test
  void brokenJsonIsRefused() {
    for (String body :
        List.of("[", "[{}", "[{]", "[{}] {}", "{\"a\": 1, \"a\": 2}", "[{}}", "{} ]", "[{},]")) {
      assertThat(catchThrowableOfType(Exception.class, () -> read(body)))
          .as(body)
          .isInstanceOfAny(MalformedJson.class, Problem.class);
    }
  }

  private static PushBody read(String body) throws IOException {
    return PushBody.read(dataset(), bytes(body), true);
  }

  private static ByteArrayInputStream bytes(String body) {
    return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
  }

  private static Dataset dataset() {
    return new Dataset(
        new Code("CO2"),
        "CO2 by country",
        new Dataset.Details(
            null,
            null,
            Frequency.A,
            List.of(new Dimension(new Code("region"), "regions")),
            new Partitioning(Interval.DECADE, 1, null, OnExpiry.DETACH),
            new Freshness(null, null),
            UnknownCodes.REJECT));
  }
}
