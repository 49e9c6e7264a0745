package io.refdata.domain.catalogue;

import io.refdata.domain.item.Item;
import io.refdata.domain.item.value.Code;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;

/** A unit of measure. */
@Entity
@Table(schema = "ref", name = "unit")
@Audited
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
@OfDimension
public class Unit extends Item {
  @Size(max = 100)
  @UcumExpression
  private @Nullable String ucum;

  @Size(max = 100)
  private @Nullable String symbol;

  @Size(max = 100)
  private @Nullable String dimension;

  protected Unit() {}

  public Unit(Code code, String name) {
    super(code, name);
  }

  /** Its expression in the Unified Code for Units of Measure: {@code MW}, {@code t}. */
  public @Nullable String ucum() {
    return ucum;
  }

  /** The symbol that people write: {@code MWh}. */
  public @Nullable String symbol() {
    return symbol;
  }

  /**
   * The quantity it measures: {@code ENERGY}, {@code MASS}. It is what {@link #ucum()} measures, if
   * it is a name of {@link io.refdata.domain.unit.Quantity}.
   */
  public @Nullable String dimension() {
    return dimension;
  }
}
