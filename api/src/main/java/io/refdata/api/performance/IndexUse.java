package io.refdata.api.performance;

import io.refdata.persistence.index.IndexUsage;
import io.refdata.persistence.index.Indexes;
import io.refdata.persistence.index.Verdict;
import io.refdata.persistence.performance.PerformanceFigures;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Whether tables are read by their indexes, and whether all indexes serve something. */
@Dependent
class IndexUse implements PerformanceTest {
  private static final int NAMED = 5;

  @Inject private Indexes indexes;
  @Inject private PerformanceFigures figures;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  IndexUse() {}

  @Override
  public String name() {
    return "index-use";
  }

  @Override
  public void measure(Probes probes, Sheet sheet) throws IOException {
    sheet.measured(
        "index-scans",
        probes.pace().work(figures::leastIndexScans),
        "No large table was read often.");
    List<IndexUsage> all = probes.pace().work(indexes::all);
    count(all, Verdict.INVALID, "invalid-indexes", sheet);
    count(all, Verdict.DUPLICATE, "duplicate-indexes", sheet);
  }

  private static void count(List<IndexUsage> all, Verdict verdict, String target, Sheet sheet) {
    List<String> names =
        all.stream()
            .filter(index -> index.verdict() == verdict)
            .map(index -> index.table() + "." + index.name())
            .toList();
    String some = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    sheet.measured(target, names.size(), names.size() > NAMED ? some + ", …" : some);
  }
}
