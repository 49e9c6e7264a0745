package io.refdata.domain.quality;

import org.jspecify.annotations.Nullable;

/**
 * The figures of a load, and of its dataset as of it.
 *
 * @param series the series of the dataset
 * @param examined those of them whose values were read; the rest was too much
 * @param completeness what the examined series lack
 * @param rows what became of the rows of the file
 * @param revisions the values that the load replaced, in the examined series
 * @param anomalies the odd values among those that it wrote
 */
public record QualityFigures(
    long series,
    long examined,
    Completeness completeness,
    Rows rows,
    Revisions revisions,
    Anomalies anomalies) {

  /**
   * The rows of a file.
   *
   * @param duplicates those of the rejected that name an observation a second time
   */
  public record Rows(long read, long rejected, long duplicates) {}

  /**
   * Values that replaced others.
   *
   * @param written the values that the load inserted or replaced
   * @param revised those that it replaced
   * @param median the median size of the change, as a share of the value before; null if unknown
   * @param largest the largest such share; null if unknown
   */
  public record Revisions(
      long written, long revised, @Nullable Double median, @Nullable Double largest) {}

  /**
   * Odd values.
   *
   * @param examined the values that were judged
   * @param found the odd ones; they are listed up to a bound
   * @param right those that have been marked as right since
   */
  public record Anomalies(long examined, long found, long right) {
    /** Those that count. */
    public long open() {
      return found - right;
    }
  }

  /** True if not all series were examined. */
  public boolean sampled() {
    return examined < series;
  }

  /** The same with other marks. */
  public QualityFigures withRight(long right) {
    return new QualityFigures(
        series,
        examined,
        completeness,
        rows,
        revisions,
        new Anomalies(anomalies.examined(), anomalies.found(), right));
  }
}
