package io.refdata.persistence.dataset;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.freshness.Versions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A cache of datasets for code that reads or writes observations without a transaction. An entry is
 * used until its dataset changes. Callers must not use a dataset's provider or unit.
 */
@ApplicationScoped
public class DatasetCache {
  private final ConcurrentMap<Code, Entry> entries = new ConcurrentHashMap<>();
  @Inject private Datasets datasets;
  @Inject private Versions versions;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(Dataset dataset, int[] buckets, long readAt) {}

  /** The dataset of that code, if it exists. */
  public Optional<Dataset> find(Code code) {
    Entry cached = entries.get(code);
    if (cached != null && versions.fresh(cached.buckets(), cached.readAt())) {
      return Optional.of(cached.dataset());
    }
    long now = versions.now();
    Optional<Dataset> found = datasets.find(code);
    found.ifPresentOrElse(
        dataset ->
            entries.put(code, new Entry(dataset, DatasetDependencies.of(code).buckets(), now)),
        () -> entries.remove(code));
    return found;
  }
}
