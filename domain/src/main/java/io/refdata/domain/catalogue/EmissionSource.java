package io.refdata.domain.catalogue;

import io.refdata.domain.item.Expandable;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.ListCode;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;

/**
 * A source of emissions at a facility: a stack, a fleet, the power that the facility buys. It is
 * deleted only if it was entered by mistake; otherwise it stays as long as its facility, since its
 * data stays.
 */
@Entity
@Table(schema = "ref", name = "emission_source")
@Audited
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
public class EmissionSource extends Item {
  @NotNull
  @Expandable(inverse = "emissionSources")
  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Facility facility;

  @Min(1)
  @Max(3)
  private @Nullable Integer scope;

  @ListCode("GAS")
  private @Nullable Code gas;

  @ListCode("METHOD")
  private @Nullable Code method;

  protected EmissionSource() {}

  public EmissionSource(Code code, String name, Facility facility) {
    super(code, name);
    this.facility = facility;
  }

  /** The facility that it belongs to. */
  public @Nullable Facility facility() {
    return facility;
  }

  /** The GHG Protocol's scope: 1 its own emissions, 2 of bought energy, 3 of the value chain. */
  public @Nullable Integer scope() {
    return scope;
  }

  /** The gas that it emits. */
  public @Nullable Code gas() {
    return gas;
  }

  /** The method by which its emissions are determined. */
  public @Nullable Code method() {
    return method;
  }
}
