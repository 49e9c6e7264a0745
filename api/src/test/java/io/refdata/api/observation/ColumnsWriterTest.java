package io.refdata.api.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.dataset.Series;
import io.refdata.settings.Setting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsWriterTest {
  private static final Series FRANCE = new Series(1, "FRA", List.of("FRA"), null, null, null);

  private static ColumnsWriter writer(OutputStream out, MoreColumns more) throws IOException {
    Dataset dataset =
        new Dataset(
            new Code("COLUMNS"),
            "Columns",
            new Dataset.Details(
                null,
                null,
                Frequency.A,
                List.of(new Dimension(new Code("region"), "regions")),
                new Partitioning(Interval.DECADE, 1, null, OnExpiry.DETACH),
                new Freshness(null, null),
                UnknownCodes.REJECT));
    return new ColumnsWriter(dataset, out, more);
  }

  @Test
  void aSeriesHasNoMoreObservationsThanAPage() throws IOException {
    ColumnsWriter writer =
        writer(OutputStream.nullOutputStream(), new MoreColumns(false, false, false));
    writer.series(FRANCE);
    for (int i = 0; i < ObservationQuery.MAX_LIMIT; i++) {
      writer.observation("2020", 1, "A", null);
    }
    assertThatThrownBy(() -> writer.observation("2020", 1, "A", null))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.type()).isEqualTo(ProblemType.TOO_LARGE));
  }

  @Test
  void theNamesOfWhatIsMissingAreBounded() throws IOException {
    ColumnsWriter writer =
        writer(OutputStream.nullOutputStream(), new MoreColumns(false, true, true));
    writer.series(FRANCE);
    List<String> names = Collections.nCopies(10_000, "A".repeat(97));
    long fitting = Setting.OBSERVATIONS_BYTES.number() / (10_000 * 100);
    for (long i = 0; i < fitting; i++) {
      writer.missing(names);
    }
    assertThatThrownBy(() -> writer.missing(names)).isInstanceOf(UnansweredQuestion.class);
  }

  @Test
  void whatHasNoCoverageIsNull() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ColumnsWriter writer = writer(out, new MoreColumns(false, true, true));
    writer.series(FRANCE);
    writer.coverage(Double.NaN);
    writer.missing(List.of());
    writer.observation("2020", 1, "A", null);
    writer.coverage(0.5);
    writer.missing(List.of("DEU"));
    writer.observation("2021", Double.NaN, "I", null);
    writer.end(null);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"value\":[1.0,null]", "\"coverage\":[null,0.5]", "\"missing\":[[],[\"DEU\"]]");
  }
}
