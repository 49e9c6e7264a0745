package io.refdata.persistence.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Freshness;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.dataset.OnExpiry;
import io.refdata.domain.dataset.Partitioning;
import io.refdata.domain.dataset.UnknownCodes;
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

  private final SeriesCache cache = new SeriesCache(new Versions(), ROOM);

  @Test
  void selectionsWithoutSeriesTakeRoomToo() {
    for (int i = 0; i < 1_000; i++) {
      put(selection(i, 200));
    }
    SeriesCache.Use use = cache.use();
    assertThat(use.bytes()).isBetween(ROOM / 2L, (long) ROOM);
    assertThat(use.entries()).isBetween(1L, 100L);
    assertThat(use.evictions()).isGreaterThan(800);
  }

  @Test
  void aLongSelectionIsNotCached() {
    SeriesSelection selection = selection(0, 100_000);
    put(selection);
    assertThat(cache.find(DATASET, selection, null)).isNull();
    assertThat(cache.use().entries()).isZero();
  }

  @Test
  void aShortSelectionIsCached() {
    SeriesSelection selection = selection(0, 3);
    put(selection);
    assertThat(cache.find(DATASET, selection, null)).isNotNull();
  }

  private void put(SeriesSelection selection) {
    cache.put(
        DATASET, selection, null, new SeriesSql.Selected(List.of(), Partitions.NONE), cache.now());
  }

  /** A selection with many codes in one key, without any series. */
  private static SeriesSelection selection(int first, int codes) {
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
                new Partitioning(Interval.YEAR, 1, null, OnExpiry.DETACH),
                new Freshness(null, null),
                UnknownCodes.REJECT));
    dataset.recordedAs(7, 0);
    return dataset;
  }
}
