package io.refdata.perf;

import io.refdata.perf.gate.Measurement;
import io.refdata.perf.gate.Scale;
import java.util.ArrayList;
import java.util.List;

/** Measures the part of repeated requests that is answered from the cache, by Server-Timing. */
final class CacheHits {
  private final ReadPlatform platform;

  CacheHits(ReadPlatform platform) {
    this.platform = platform;
  }

  Measurement hits(String id, List<String> paths) throws Exception {
    hits(paths);
    List<Double> parts = new ArrayList<>();
    for (int turn = 0; turn < Scale.turns(); turn++) {
      parts.add((double) hits(paths) / paths.size());
    }
    return new Measurement(id, parts, "", "", null);
  }

  private int hits(List<String> paths) throws Exception {
    int hits = 0;
    for (String path : paths) {
      String timing = platform.get(path).headers().firstValue("Server-Timing").orElseThrow();
      hits += timing.contains("cache;desc=\"hit\"") ? 1 : 0;
    }
    return hits;
  }
}
