package io.refdata.persistence.quality;

import io.refdata.domain.quality.Completeness;
import io.refdata.domain.quality.ExaminedSeries;
import io.refdata.domain.quality.OddValue;
import io.refdata.domain.quality.OddValues;
import io.refdata.domain.quality.QualityFigures;
import io.refdata.domain.quality.QualityFigures.Rows;
import io.refdata.domain.quality.QualityScore;
import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Task;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/**
 * Judges each load into a dataset once it has merged: apart from the load, which it can neither
 * slow nor fail. A load without a quality is judged by the next run, so a crash loses nothing. It
 * reads the dataset as of the revision of the load, so the outcome does not depend on when it runs.
 */
@Dependent
public class JudgeLoads implements Task {
  private static final String NAME = "JUDGE_LOADS";

  private final Jdbi jdbi;
  private final OptimizationLog log;
  private final LoadQualities qualities;
  private final Anomalies anomalies;

  @Inject
  public JudgeLoads(Jdbi jdbi, OptimizationLog log, LoadQualities qualities, Anomalies anomalies) {
    this.jdbi = jdbi;
    this.log = log;
    this.qualities = qualities;
    this.anomalies = anomalies;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public Pace pace() {
    return Pace.STEADY;
  }

  @Override
  public void run(Consumer<Step> done) {
    for (PendingLoad load : qualities.pending()) {
      log.run(NAME, "load " + load.id() + " into " + load.code(), () -> judge(load), done);
    }
    for (int dataset : anomalies.unchecked()) {
      log.run(NAME, "anomalies of dataset " + dataset, () -> anomalies.check(dataset), done);
    }
  }

  private String judge(PendingLoad load) {
    try {
      LoadedSeries series = LoadedSeries.read(jdbi, load);
      List<OddValue> odd = new ArrayList<>();
      QualityFigures figures = figures(load, series, odd);
      odd.sort(Comparator.comparingDouble(OddValue::score).reversed());
      QualityScore score = QualityScore.of(figures);
      qualities.write(load, figures, score.total(), limited(odd));
      return "Score %s; %,d of %,d series examined, %,d anomalies"
          .formatted(score.total(), figures.examined(), figures.series(), odd.size());
    } catch (RuntimeException | Error e) {
      qualities.failed(load, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private static List<OddValue> limited(List<OddValue> odd) {
    return odd.subList(0, (int) Math.min(odd.size(), Setting.QUALITY_ANOMALIES.number()));
  }

  private static QualityFigures figures(PendingLoad load, LoadedSeries loaded, List<OddValue> odd) {
    long examined = 0;
    for (ExaminedSeries series : loaded.read()) {
      OddValues.Found found =
          OddValues.find(series, load.frequency(), (int) Setting.QUALITY_LATEST.number());
      examined += found.examined();
      odd.addAll(found.odd());
    }
    return new QualityFigures(
        loaded.total(),
        loaded.read().size(),
        Completeness.of(
            load.frequency(),
            loaded.read(),
            (int) Setting.QUALITY_PERIODS.number(),
            (int) Setting.QUALITY_GAPS.number()),
        new Rows(load.read(), load.rejected(), load.duplicates()),
        loaded.revisions(),
        new QualityFigures.Anomalies(examined, odd.size(), 0));
  }
}
