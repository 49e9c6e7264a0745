package io.refdata.api.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.api.problem.Problem;
import io.refdata.api.request.Parameters;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Freshness;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.dataset.OnExpiry;
import io.refdata.domain.dataset.Partitioning;
import io.refdata.domain.dataset.UnknownCodes;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.dataset.SeriesSelection.Filter;
import io.refdata.persistence.item.MembershipDay;
import io.refdata.persistence.observation.Observations.Position;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservationQueryTest {
  private static final Position LAST =
      new Position("FRA.co2", Instant.parse("2020-01-01T00:00:00Z"));

  @Test
  void aRangeHoldsThePeriodsThatItNames() throws JsonProcessingException {
    ObservationQuery query = parse("{\"from\": \"2019\", \"to\": \"2020-Q1\"}");
    assertThat(query.from()).isEqualTo("2019-01-01T00:00:00Z");
    assertThat(query.before()).isEqualTo("2020-04-01T00:00:00Z");
    ObservationQuery open = parse("{}");
    assertThat(open.from()).isNull();
    assertThat(open.before()).isNull();
  }

  @Test
  void dimensionsAndWithinNarrowAndRepeatedValuesWiden() throws JsonProcessingException {
    assertThat(
            parse(
                    "{\"region\": [\"FRA,DEU\", \"ITA\"], \"within\": \"M49-150\", \"on\":"
                        + " \"2019-06-01\"}")
                .selection()
                .filters())
        .containsExactly(
            new Filter(0, List.of(new Code("FRA"), new Code("DEU"), new Code("ITA")), null),
            new Filter(
                0,
                List.of(new Code("M49-150")),
                new MembershipDay(LocalDate.of(2019, Month.JUNE, 1), false)));
  }

  @Test
  void aCursorLeadsOnInItsOwnListOnly() throws JsonProcessingException {
    String cursor = parse("{\"from\": \"2019\", \"limit\": 3}").cursor(LAST);
    assertThat(parse("{\"from\": \"2019\", \"after\": \"%s\"}".formatted(cursor)).after())
        .isEqualTo(LAST);
    assertThat(refused("{\"from\": \"2018\", \"after\": \"%s\"}".formatted(cursor)))
        .containsExactly("after");
    assertThat(refused("{\"after\": \"bm9uc2Vuc2U\"}")).containsExactly("after");
    assertThat(refused("{\"after\": \"é\"}")).containsExactly("after");
  }

  @Test
  void everyFaultIsNamed() {
    assertThat(
            refused(
                """
                {"key": ["FRA", "*.*"], "from": "2020-02-30", "to": ["2020", "2021"], "limit": 1000001,
                 "region": "F R", "asOf": "2020-01-01", "within": {}}
                """))
        .containsExactlyInAnyOrder("/key", "/from", "/to", "/limit", "/region", "/asOf", "/within");
  }

  private static ObservationQuery parse(String json) throws JsonProcessingException {
    return ObservationQuery.parse(
        dataset(),
        Parameters.of(new JsonMapper().readTree(json)),
        code -> {
          throw new NoSuchItem("datasets", code);
        });
  }

  private static List<String> refused(String json) {
    return catchThrowableOfType(Problem.class, () -> parse(json)).errors().stream()
        .map(Problem.Error::where)
        .toList();
  }

  private static Dataset dataset() {
    return new Dataset(
        new Code("CO2"),
        "CO2 by country",
        new Dataset.Details(
            null,
            null,
            Frequency.A,
            List.of(
                new Dimension(new Code("region"), "regions"),
                new Dimension(new Code("indicator"), "indicators")),
            new Partitioning(Interval.DECADE, 1, null, OnExpiry.DETACH),
            new Freshness(null, null),
            UnknownCodes.REJECT));
  }
}
