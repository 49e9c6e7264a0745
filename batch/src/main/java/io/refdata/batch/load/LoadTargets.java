package io.refdata.batch.load;

import io.refdata.batch.load.intake.LoadTarget;
import io.refdata.batch.load.item.ItemTarget;
import io.refdata.batch.load.observation.DatasetTarget;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.domain.load.Load;
import io.refdata.persistence.dataset.Datasets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Validator;
import org.jdbi.v3.core.Jdbi;

/** Finds the target of a load. */
@ApplicationScoped
public class LoadTargets {
  @Inject private Jdbi jdbi;
  @Inject private Datasets datasets;
  @Inject private Validator validator;

  /**
   * The target of a load.
   *
   * @param layout the layout of the load
   * @throws InvalidLoad if the target does not exist any more
   */
  @Transactional
  public LoadTarget find(Load load, LayoutDefinition layout) {
    if (layout.dataset().isEmpty()) {
      ItemSet set =
          ItemSet.named(layout.into())
              .orElseThrow(() -> new InvalidLoad("There is no collection " + layout.into() + "."));
      return new ItemTarget(jdbi, validator, load.id(), set, layout);
    }
    Dataset dataset =
        Code.parse(layout.dataset().get())
            .flatMap(datasets::find)
            .orElseThrow(() -> new InvalidLoad("There is no " + layout.into() + "."));
    return new DatasetTarget(jdbi, load, dataset, layout);
  }
}
