package io.refdata.persistence.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.quality.Gap;
import io.refdata.domain.quality.QualityFigures;
import io.refdata.persistence.maintenance.DeleteOldRecords;
import io.refdata.persistence.monitoring.MonitoredData;
import io.refdata.persistence.quality.Anomaly.State;
import io.refdata.persistence.quality.LoadQualities.DatasetQuality;
import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Outcome;
import io.refdata.persistence.upkeep.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loads are judged by what is stored, once, and the anomalies last as long as their values. */
@SuppressWarnings("NullAway.Init")
class QualityIT {
  private MonitoredData data;
  private LoadQualities qualities;
  private Anomalies anomalies;
  private JudgeLoads judge;

  @BeforeEach
  void start() {
    data = new MonitoredData();
    qualities = new LoadQualities(data.jdbi());
    anomalies = new Anomalies(data.jdbi());
    judge = new JudgeLoads(data.jdbi(), new OptimizationLog(data.jdbi()), qualities, anomalies);
    data.dataset("Y", "A");
  }

  @AfterEach
  void stop() {
    data.close();
  }

  private List<Step> judged() {
    List<Step> steps = new ArrayList<>();
    judge.run(steps::add);
    assertThat(steps).allMatch(step -> step.outcome() == Outcome.DONE, steps.toString());
    return steps;
  }

  private DatasetQuality latest() {
    return data.jdbi().withHandle(LoadQualities::latest).get(0);
  }

  /** Values of 1990 to 2019, about 100, without 2005 and 2006. */
  private long fill() {
    long load = data.load("Y", "1 hour", "rows_read = 40, rejected = 4");
    for (int year = 1990; year < 2020; year++) {
      if (year != 2005 && year != 2006) {
        data.observe("Y", "A", year + "-01-01Z", "10" + year % 10, data.revision(load));
      }
    }
    return load;
  }

  @Test
  void aLoadIsJudgedOnceWithAllThatItsDatasetLacks() {
    long load = fill();
    data.execute(
        """
        insert into staging.reject (load_id, line, code, reason, raw)
        select %1$d, 2, c, '', '' from unnest(array['DUPLICATE_IN_FILE', 'DUPLICATE_IN_FILE', 'NOT_A_NUMBER']) c
        """
            .formatted(load));
    assertThat(judged()).hasSize(1);
    assertThat(judged()).isEmpty();
    DatasetQuality quality = latest();
    assertThat(quality.load()).isEqualTo(load);
    assertThat(quality.before()).isNull();
    assertThat(quality.drop()).isNull();
    QualityFigures figures = quality.figures();
    assertThat(figures.completeness().due()).isEqualTo(30);
    assertThat(figures.completeness().present()).isEqualTo(28);
    assertThat(figures.completeness().longest()).containsExactly(new Gap("A", "2005", "2006", 2));
    assertThat(figures.rows()).isEqualTo(new QualityFigures.Rows(40, 4, 2));
    assertThat(figures.revisions().written()).isEqualTo(28);
    assertThat(figures.revisions().revised()).isZero();
    assertThat(figures.anomalies().examined()).isGreaterThan(10);
    assertThat(figures.anomalies().found()).isZero();
    assertThat(figures.sampled()).isFalse();
    assertThat(quality.score()).isBetween(60.0, 90.0);
  }

  @Test
  void aLoadIsJudgedAsOfItsRevisionHoweverLate() {
    long first = fill();
    long second = data.load("Y", "1 minute", "rows_read = 2");
    data.observe("Y", "A", "2019-01-01Z", "1090", data.revision(second));
    data.observe("Y", "A", "2006-01-01Z", "104", data.revision(second));
    assertThat(judged()).extracting(Step::subject).hasSize(2);
    QualityFigures before = qualities.list("Y", first, "", 1).get(0).figures();
    assertThat(before.completeness().present()).isEqualTo(28);
    assertThat(before.anomalies().found()).isZero();
    assertThat(before.revisions().revised()).isZero();
    DatasetQuality now = latest();
    assertThat(now.load()).isEqualTo(second);
    assertThat(now.figures().completeness().present()).isEqualTo(29);
    assertThat(now.figures().revisions()).isEqualTo(new QualityFigures.Revisions(2, 1, 9.0, 9.0));
    assertThat(now.figures().anomalies().found()).isEqualTo(1);
    assertThat(now.before()).isEqualTo(qualities.list("Y", first, "", 1).get(0).score());
    assertThat(now.openAnomalies()).isEqualTo(1);
    assertThat(anomalies.list("Y", second, State.OPEN, null, 10))
        .singleElement()
        .satisfies(
            odd -> {
              assertThat(odd.series()).isEqualTo("A");
              assertThat(odd.period()).isEqualTo("2019");
              assertThat(odd.value()).isEqualTo(1090);
              assertThat(odd.expected()).isBetween(100.0, 115.0);
              assertThat(odd.mark()).isNull();
            });
  }

  @Test
  void aMarkCountsUntilTheValueChanges() {
    fill();
    long wrong = data.load("Y", "1 minute", "rows_read = 1");
    data.observe("Y", "A", "2020-01-01Z", "1100", data.revision(wrong));
    judged();
    Double open = latest().score();
    Anomaly odd = anomalies.list("Y", null, null, null, 10).get(0);
    Anomaly marked = anomalies.mark(odd.id(), "carol", "a new plant").orElseThrow();
    assertThat(marked.state()).isEqualTo(State.RIGHT);
    assertThat(marked.mark())
        .isNotNull()
        .satisfies(
            mark -> {
              assertThat(mark.by()).isEqualTo("carol");
              assertThat(mark.reason()).isEqualTo("a new plant");
            });
    assertThat(latest().score()).isGreaterThan(open == null ? 100 : open);
    assertThat(latest().openAnomalies()).isZero();

    // The same value again writes nothing.
    data.load("Y", "0 minutes", "rows_read = 1");
    judged();
    assertThat(anomalies.find(odd.id()).orElseThrow()).isEqualTo(marked);

    // A push is not judged, but the anomaly is about a value that is gone.
    long other = data.load("Y", "0 minutes", "dry_run = true");
    data.observe("Y", "A", "2020-01-01Z", "110", data.revision(other));
    assertThat(judged()).extracting(Step::detail).containsExactly("1 values have changed");
    assertThat(anomalies.find(odd.id())).isEmpty();
    assertThat(anomalies.mark(odd.id(), "carol", "late")).isEmpty();

    // And back again: it is a new one.
    long again = data.load("Y", "0 minutes", "rows_read = 1");
    data.observe("Y", "A", "2020-01-01Z", "1100", data.revision(again));
    judged();
    assertThat(anomalies.list("Y", null, null, null, 10))
        .singleElement()
        .satisfies(
            anew -> {
              assertThat(anew.state()).isEqualTo(State.OPEN);
              assertThat(anew.id()).isNotEqualTo(odd.id());
            });
  }

  @Test
  void aMarkCanBeTakenAway() {
    fill();
    long wrong = data.load("Y", "1 minute", "rows_read = 1");
    data.observe("Y", "A", "2020-01-01Z", "1100", data.revision(wrong));
    judged();
    Double open = latest().score();
    long id = anomalies.list(null, wrong, null, null, 10).get(0).id();
    anomalies.mark(id, "carol", "a new plant");
    assertThat(anomalies.mark(id, null, null).orElseThrow().mark()).isNull();
    assertThat(latest().score()).isEqualTo(open);
    assertThat(anomalies.list("Y", null, State.RIGHT, null, 10)).isEmpty();
    assertThat(anomalies.list("Y", null, null, id, 10)).isEmpty();
  }

  @Test
  void aLoadThatCannotBeJudgedIsTriedAFewTimes() {
    long load = fill();
    data.execute("alter table performance_monitoring.anomaly rename to gone");
    data.observe("Y", "A", "2020-01-01Z", "1100", data.revision(load));
    for (int i = 0; i < 3; i++) {
      List<Step> steps = new ArrayList<>();
      try {
        judge.run(steps::add);
      } catch (RuntimeException e) {
        assertThat(e).hasMessageContaining("anomaly");
      }
      assertThat(steps.get(0).outcome()).isEqualTo(Outcome.FAILED);
    }
    assertThat(qualities.pending()).isEmpty();
    assertThat(
            data.number(
                "select tries from performance_monitoring.load_quality where failure like"
                    + " '%anomaly%'"))
        .isEqualTo(3);
    data.execute("alter table performance_monitoring.gone rename to anomaly");
    assertThat(data.jdbi().withHandle(LoadQualities::latest)).isEmpty();
  }

  /**
   * However old: a dataset that is loaded once a year keeps its quality, and what it dropped from.
   */
  @Test
  void theLatestTwoQualitiesOfADatasetStay() {
    for (int i = 0; i < 4; i++) {
      data.load("Y", "1 hour", "rows_read = 1");
    }
    judged();
    data.execute("update performance_monitoring.load_quality set at = at - interval '1 year'");
    List<Step> steps = new ArrayList<>();
    new DeleteOldRecords(data.jdbi(), new OptimizationLog(data.jdbi())).run(steps::add);
    assertThat(steps).allMatch(step -> step.outcome() == Outcome.DONE, steps.toString());
    assertThat(data.number("select count(*) from performance_monitoring.load_quality"))
        .isEqualTo(2);
    assertThat(latest().load()).isEqualTo(data.number("select max(id) from raw.load"));
    assertThat(latest().before()).isNotNull();
  }

  @Test
  void ofTooManySeriesThoseThatTheLoadWroteToAreReadFirst() {
    int first = data.revision(data.load("Y", "1 hour", "rows_read = 12"));
    for (int i = 10; i < 22; i++) {
      data.observe("Y", "S" + i, "2001-01-01Z", "1", first);
    }
    int second = data.revision(data.load("Y", "1 minute", "rows_read = 1"));
    data.observe("Y", "S21", "2004-01-01Z", "1", second);
    System.setProperty("refdata.quality.series", "10");
    try {
      judged();
    } finally {
      System.clearProperty("refdata.quality.series");
    }
    QualityFigures figures = latest().figures();
    assertThat(figures.sampled()).isTrue();
    assertThat(figures.examined()).isEqualTo(10);
    assertThat(figures.series()).isEqualTo(12);
    assertThat(figures.completeness().longest()).containsExactly(new Gap("S21", "2002", "2003", 2));
    assertThat(figures.revisions().written()).isEqualTo(1);
  }
}
