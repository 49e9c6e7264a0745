package io.refdata.persistence.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.dataset.Frequency;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.Observations.Ends;
import io.refdata.persistence.partition.Partition;
import io.refdata.persistence.partition.Partitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObservationSqlTest {
  private static final Instant FROM = Instant.parse("2001-01-01T00:00:00Z");
  private static final Instant BEFORE = Instant.parse("2003-06-01T00:00:00Z");

  @Test
  void onlyPartitionsOfTheTimeSpanAreRead() {
    assertThat(tables(sql(null, years(1990, 2010)).addAsOf("= ?", 7)))
        .containsExactly("v2001", "v2002", "v2003");
  }

  @Test
  void theCurrentStateReadsNoVintages() {
    assertThat(sql(null, years(2001, 2001)).addAsOf("= ?", 7).toString())
        .isEqualTo(
            " select o.series_id, o.time, o.value, o.status, o.rev from v2001 o where o.dataset_id"
                + " = ? and o.series_id = ? and o.time >= ? and o.time < ? [5, 7,"
                + " 2001-01-01T00:00Z, 2003-06-01T00:00Z]");
  }

  @Test
  void aPastStateIsWhatHasStayedAndWhatWasSupersededSince() {
    String past = sql(40, years(2001, 2001)).addAsOf("= ?", 7).toString();
    assertThat(past)
        .contains(
            "from v2001 o",
            "o.rev <= ? union all",
            "from w2001 o",
            "o.rev <= ? and o.superseded_by > ?")
        .endsWith(
            "[5, 7, 2001-01-01T00:00Z, 2003-06-01T00:00Z, 40,"
                + " 5, 7, 2001-01-01T00:00Z, 2003-06-01T00:00Z, 40, 40]");
  }

  @Test
  void aPastStateThatNothingHasChangedSinceIsReadAsTheCurrentOne() {
    assertThat(sql(50, years(2001, 2003)).addAsOf("= ?", 7).toString())
        .isEqualTo(sql(null, years(2001, 2003)).addAsOf("= ?", 7).toString());
  }

  @Test
  void vintagesAreReadOnlyWhereValuesWereSupersededSince() {
    assertThat(sql(40, years(2001, 2001, 40)).addAsOf("= ?", 7).toString())
        .contains("o.rev <= ?")
        .doesNotContain("w2001");
  }

  @Test
  void changesAreReadOnlyWhereValuesWereWrittenSince() {
    assertThat(sql(null, years(2001, 2003)).addChanges(50, "= ?", 7).toString())
        .doesNotContain("v2001", "w2001")
        .contains("where false");
    assertThat(sql(null, years(2001, 2001, 30)).addChanges(30, "= ?", 7).toString())
        .contains("v2001")
        .doesNotContain("w2001");
  }

  @Test
  void ofADatasetWithoutPartitionsNoTableIsRead() {
    assertThat(sql(null, Partitions.NONE).addAsOf("= ?", 7).toString()).contains("where false");
  }

  @Test
  void lastValuesAreSoughtFromTheLatestPartitionOn() {
    ObservationSql last = sql(null, years(2001, 2003)).addEnds(new Ends(5, true), "= ?", 7);
    assertThat(tables(last)).containsExactly("v2003", "v2002", "v2001");
    assertThat(last.toString()).contains("where (select count(*) from e0) < ?");
  }

  @Test
  void eachPlaceholderHasItsValue() {
    Partitions partitions = years(2001, 2003);
    for (ObservationSql sql :
        List.of(
            sql(null, partitions).addAsOf("= ?", 7),
            sql(40, partitions).addAsOf("= any(?)", (Object) new Integer[] {7}),
            sql(40, partitions).addEnds(new Ends(5, false), "= ?", 7),
            ends(Frequency.D, new Ends(5, true), series(7, "2003-04-01")),
            sql(40, partitions).addChanges(30, "= ?", 7))) {
      String text = sql.toString();
      String values = text.substring(text.indexOf(" [") + 2);
      assertThat(values.split(", ", -1)).hasSize((int) text.chars().filter(c -> c == '?').count());
    }
  }

  @Test
  void eachSeriesIsSoughtInThePartitionAtItsOwnEnd() {
    ObservationSql last =
        ends(Frequency.D, new Ends(1, true), series(7, "2003-04-01"), series(8, "2001-04-01"));
    assertThat(tables(last)).startsWith("v2003", "v2001");
    assertThat(near(last)).contains("v2003", "v2001").doesNotContain("v2002");
  }

  @Test
  void asManyPartitionsAreReadAsThePeriodsMayNeed() {
    assertThat(near(ends(Frequency.A, new Ends(2, true), series(7, "2003-01-01"))))
        .contains("v2003", "v2002")
        .doesNotContain("v2001");
    assertThat(near(ends(Frequency.A, new Ends(3, false), series(7, "2003-01-01"))))
        .contains("v2001", "v2002")
        .doesNotContain("v2003");
  }

  @Test
  void aSeriesWithoutFurtherPartitionsIsNotSoughtAgain() {
    assertThat(ends(Frequency.D, new Ends(9, true), series(7, "2001-04-01")).toString())
        .doesNotContain("lacking");
  }

  private static ObservationSql ends(Frequency frequency, Ends ends, Series... series) {
    ObservationSql sql = sql(null, years(1990, 2010));
    SeriesEnds.add(sql, frequency, ends, List.of(series));
    return sql;
  }

  /** A series from 2001 on. */
  private static Series series(int id, String last) {
    return new Series(
        id,
        "S" + id,
        List.of("S" + id),
        null,
        Instant.parse("2001-01-01T00:00:00Z"),
        Instant.parse(last + "T00:00:00Z"));
  }

  /** The part that reads the partitions at the ends of series. */
  private static String near(ObservationSql sql) {
    return sql.toString().split("lacking", 2)[0];
  }

  private static ObservationSql sql(@Nullable Integer revision, Partitions partitions) {
    return new ObservationSql(5, revision, FROM, BEFORE, partitions);
  }

  private static Partitions years(int first, int last) {
    return years(first, last, 50);
  }

  private static Partitions years(int first, int last, int superseded) {
    List<Partition> years = new ArrayList<>();
    for (int year = first; year <= last; year++) {
      years.add(
          new Partition(
              Instant.parse(year + "-01-01T00:00:00Z"),
              Instant.parse(year + 1 + "-01-01T00:00:00Z"),
              "v" + year,
              "w" + year,
              50,
              superseded));
    }
    return new Partitions(years, null);
  }

  /** The tables of current values, in the order in which they are named. */
  private static List<String> tables(ObservationSql sql) {
    return Pattern.compile("v\\d{4}")
        .matcher(sql.toString())
        .results()
        .map(MatchResult::group)
        .toList();
  }
}
