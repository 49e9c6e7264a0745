package io.refdata.batch.load.item;

import io.refdata.batch.load.intake.Intake;
import io.refdata.batch.load.intake.LoadTarget;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.persistence.freshness.Change;
import io.refdata.persistence.load.item.ItemMerge;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** A collection of reference data, or the codes of a code list, that a load is read into. */
public final class ItemTarget implements LoadTarget {
  private final Jdbi jdbi;
  private final Validator validator;
  private final long load;
  private final ItemLayout layout;
  private final Map<String, String> scope;
  private final ItemMerge merge;

  /**
   * @param load the number of the load
   */
  public ItemTarget(
      Jdbi jdbi, Validator validator, long load, ItemSet set, LayoutDefinition layout) {
    this.jdbi = jdbi;
    this.validator = validator;
    this.load = load;
    this.layout = new ItemLayout(set, layout);
    this.scope = layout.scope() == null ? Map.of() : layout.scope();
    this.merge = new ItemMerge(jdbi);
  }

  @Override
  public Set<String> columns() {
    return layout.columns();
  }

  @Override
  public boolean stage(SourceFile file, Intake intake) throws IOException {
    return new StageItems(jdbi, validator, load, layout, file, intake).stage();
  }

  @Override
  public OptionalLong createPartitions() {
    return OptionalLong.empty();
  }

  @Override
  public Collection<? extends ItemType<?>> merge(Change change) {
    return merge.merge(load, layout.staged(), scope, change);
  }

  @Override
  public void analyze() {
    merge.analyze(layout.set().type());
  }
}
