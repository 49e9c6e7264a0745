package io.refdata.domain.quality;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The quality of a load from 0 to 100: the mean of its parts by their weights. A part that nothing
 * can be said of does not count.
 *
 * @param total null if no part can be told
 */
public record QualityScore(@Nullable Double total, List<Part> parts) {
  /**
   * One aspect.
   *
   * @param weight how much it counts
   * @param score from 0 to 100; null if nothing can be said
   * @param computed how the score was computed, with its figures
   */
  public record Part(String name, int weight, @Nullable Double score, String computed) {}

  /**
   * By how many points the quality fell, by the parts that both can tell; below 0 if it rose. Null
   * if there is no such part. A load that wrote nothing says nothing of its values: that is no
   * fall.
   */
  public static @Nullable Double drop(QualityFigures before, QualityFigures now) {
    List<Part> earlier = of(before).parts();
    List<Part> later = of(now).parts();
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < later.size(); i++) {
      Double was = earlier.get(i).score();
      Double is = later.get(i).score();
      if (was != null && is != null) {
        sum += later.get(i).weight() * (was - is);
        weights += later.get(i).weight();
      }
    }
    return weights == 0 ? null : rounded(sum / weights);
  }

  /** The score of what was counted. */
  public static QualityScore of(QualityFigures figures) {
    List<Part> parts =
        List.of(
            completeness(figures.completeness()),
            rejects(figures.rows()),
            anomalies(figures.anomalies()),
            duplicates(figures.rows()),
            revisions(figures));
    double sum = 0;
    double weights = 0;
    for (Part part : parts) {
      if (part.score() != null) {
        sum += part.weight() * part.score();
        weights += part.weight();
      }
    }
    return new QualityScore(weights == 0 ? null : rounded(sum / weights), parts);
  }

  private static Part completeness(Completeness found) {
    return part(
        "COMPLETENESS",
        40,
        found.due(),
        100.0 * found.present() / found.due(),
        "100 × present / due = 100 × %d / %d".formatted(found.present(), found.due()));
  }

  private static Part rejects(QualityFigures.Rows rows) {
    return part(
        "REJECTS",
        20,
        rows.read(),
        without(10.0 * rows.rejected() / rows.read()),
        "100 × (1 − 10 × rejected / read), at least 0 = 100 × (1 − 10 × %d / %d)"
            .formatted(rows.rejected(), rows.read()));
  }

  private static Part anomalies(QualityFigures.Anomalies anomalies) {
    return part(
        "ANOMALIES",
        20,
        anomalies.examined(),
        without(20.0 * anomalies.open() / anomalies.examined()),
        "100 × (1 − 20 × open / examined), at least 0 = 100 × (1 − 20 × %d / %d)"
            .formatted(anomalies.open(), anomalies.examined()));
  }

  private static Part duplicates(QualityFigures.Rows rows) {
    return part(
        "DUPLICATES",
        10,
        rows.read(),
        without(10.0 * rows.duplicates() / rows.read()),
        "100 × (1 − 10 × duplicates / read), at least 0 = 100 × (1 − 10 × %d / %d)"
            .formatted(rows.duplicates(), rows.read()));
  }

  /** A small correction of a large dataset is no bad load, though all that it wrote is replaced. */
  private static Part revisions(QualityFigures figures) {
    QualityFigures.Revisions revisions = figures.revisions();
    long values = Math.max(revisions.written(), figures.completeness().present());
    double size = Objects.requireNonNullElse(revisions.median(), 1.0);
    return part(
        "REVISIONS",
        10,
        revisions.written(),
        without((double) revisions.revised() / values * Math.min(1, 10 * size)),
        "100 × (1 − revised / values of the dataset × the smaller of 1 and 10 × median change) = 100 × (1 − %d / %d × %s)"
            .formatted(
                revisions.revised(),
                values,
                String.format(Locale.ROOT, "%.3f", Math.min(1, 10 * size))));
  }

  private static Part part(String name, int weight, long of, double score, String computed) {
    return of == 0
        ? new Part(name, weight, null, "There is nothing to judge.")
        : new Part(name, weight, rounded(score), computed);
  }

  private static double without(double share) {
    return 100 * (1 - Math.min(1, share));
  }

  private static double rounded(double score) {
    return Math.round(score * 100) / 100.0;
  }
}
