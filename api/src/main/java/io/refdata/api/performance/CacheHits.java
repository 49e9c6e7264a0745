package io.refdata.api.performance;

import io.refdata.api.cache.CacheRegion;
import io.refdata.api.cache.ResponseCache;
import io.refdata.persistence.performance.PerformanceFigures;
import io.refdata.persistence.performance.PerformanceFigures.Figure;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;

/** Whether the caches answer. */
@Dependent
class CacheHits implements PerformanceTest {
  /** Fewer lookups say nothing. */
  private static final int FEW = 1_000;

  @Inject private ResponseCache responses;
  @Inject private PerformanceFigures figures;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  CacheHits() {}

  @Override
  public String name() {
    return "cache-hits";
  }

  @Override
  public void measure(Probes probes, Sheet sheet) throws IOException {
    if (probes.hasItems()) {
      repeat(probes, sheet);
    } else {
      sheet.noData("repeated-item", Probes.NO_FACILITY);
    }
    sheet.measured("response-hits", hits(), "There were fewer than %,d lookups.".formatted(FEW));
    sheet.measured(
        "memory-hits", probes.pace().work(figures::pagesInMemory), "Few pages were read.");
  }

  private static void repeat(Probes probes, Sheet sheet) throws IOException {
    String path = probes.item(0);
    probes.requests().cached(path);
    int hits = 0;
    for (int i = 0; i < Probes.TIMES; i++) {
      hits += probes.requests().cached(path).cache().equals("hit") ? 1 : 0;
    }
    sheet.measured(
        "repeated-item",
        (double) hits / Probes.TIMES,
        "%d of %d answers".formatted(hits, Probes.TIMES));
  }

  private Optional<Figure> hits() {
    long hits = 0;
    long all = 0;
    for (CacheRegion region : responses.regions()) {
      CacheRegion.Statistics statistics = region.statistics();
      hits += statistics.hits();
      all += statistics.hits() + statistics.misses();
    }
    return all < FEW
        ? Optional.empty()
        : Optional.of(new Figure((double) hits / all, "%,d of %,d lookups".formatted(hits, all)));
  }
}
