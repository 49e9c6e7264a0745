package io.refdata.batch.load.intake;

import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.domain.load.Load;
import io.refdata.persistence.dataset.Datasets;
import io.refdata.persistence.layout.LayoutJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** The target of a load: a dataset or a collection. */
public sealed interface LoadTarget {
  /**
   * A dataset.
   *
   * @param id its surrogate key
   */
  record OfDataset(Dataset dataset, int id) implements LoadTarget {}

  /** A collection of reference data, or the codes of a code list. */
  record OfItems(ItemSet set) implements LoadTarget {}

  /** Finds the target of a load. */
  @ApplicationScoped
  class Finder {
    @Inject private Datasets datasets;

    /**
     * @throws InvalidLoad if the target does not exist any more
     */
    @Transactional
    public LoadTarget find(Load load) {
      LayoutDefinition layout = LayoutJson.parse(load.definition());
      if (layout.dataset().isEmpty()) {
        return new OfItems(
            ItemSet.named(layout.into())
                .orElseThrow(
                    () -> new InvalidLoad("There is no collection " + layout.into() + ".")));
      }
      Dataset dataset =
          Code.parse(layout.dataset().get())
              .flatMap(datasets::find)
              .orElseThrow(() -> new InvalidLoad("There is no " + layout.into() + "."));
      return new OfDataset(dataset, java.util.Objects.requireNonNull(dataset.id()));
    }
  }
}
