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
 * The datasets as who reads or writes observations needs them, without a transaction: kept as long
 * as they are as they were. Their provider and unit are not to be gone on to.
 */
@ApplicationScoped
public class DatasetCache {
  private final ConcurrentMap<Code, Known> known = new ConcurrentHashMap<>();
  @Inject private Datasets datasets;
  @Inject private Versions versions;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Known(Dataset dataset, int[] places, long since) {}

  /** The dataset of that code, if it is on file. */
  public Optional<Dataset> find(Code code) {
    Known kept = known.get(code);
    if (kept != null && versions.fresh(kept.places(), kept.since())) {
      return Optional.of(kept.dataset());
    }
    long now = versions.now();
    Optional<Dataset> found = datasets.find(code);
    found.ifPresentOrElse(
        dataset -> known.put(code, new Known(dataset, DatasetDependencies.of(code).places(), now)),
        () -> known.remove(code));
    return found;
  }
}
