package io.refdata.persistence.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Freshness;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.dataset.Partitioning;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.partition.Partitions;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesCacheTest {
  private static final Dataset DATASET = dataset();
  private static final int ROOM = 1 << 20;

  private final SeriesCache known = new SeriesCache(new Versions(), ROOM);

  @Test
  void questionsThatMatchNothingTakeRoomToo() {
    for (int i = 0; i < 1_000; i++) {
      remember(asking(i, 200));
    }
    SeriesCache.Use use = known.use();
    assertThat(use.bytes()).isBetween(ROOM / 2L, (long) ROOM);
    assertThat(use.entries()).isBetween(1L, 100L);
    assertThat(use.evictions()).isGreaterThan(800);
  }

  @Test
  void aLongQuestionIsNotRemembered() {
    SeriesSelection selection = asking(0, 100_000);
    remember(selection);
    assertThat(known.find(DATASET, selection)).isNull();
    assertThat(known.use().entries()).isZero();
  }

  @Test
  void aShortOneIs() {
    SeriesSelection selection = asking(0, 3);
    remember(selection);
    assertThat(known.find(DATASET, selection)).isNotNull();
  }

  private void remember(SeriesSelection selection) {
    known.remember(
        DATASET, selection, new SeriesSql.Selected(List.of(), Partitions.NONE), known.now());
  }

  /** Many codes in one key, of which there are no series. */
  private static SeriesSelection asking(int first, int codes) {
    List<Code> asked =
        IntStream.range(0, codes).mapToObj(i -> new Code("C" + first + "_" + i)).toList();
    return new SeriesSelection(List.of(List.of(asked)), Collections.emptyList(), null);
  }

  private static Dataset dataset() {
    Dataset dataset =
        new Dataset(
            new Code("KNOWN"),
            "Known",
            new Dataset.Details(
                null,
                null,
                Frequency.D,
                List.of(new Dimension(new Code("a"), "indicators")),
                new Partitioning(Interval.YEAR, 1, null, "DETACH"),
                new Freshness(null, null),
                "REJECT"));
    dataset.recordedAs(7, 0);
    return dataset;
  }
}
