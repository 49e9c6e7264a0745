package io.refdata.domain.catalogue;

import io.refdata.domain.item.Expandable;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.Ordered;
import io.refdata.domain.item.RefersTo;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.ListCode;
import io.refdata.domain.item.value.Owners;
import io.refdata.domain.item.value.YearOrDay;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;

/**
 * A plant or another place where energy is made or emissions arise. It begins when it is
 * commissioned and ends when it is retired; it is not deleted then, since its data stays.
 */
@Entity
@Table(schema = "ref", name = "facility")
@Audited
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
@Ordered(from = "commissioned", to = "retired")
public class Facility extends Item {
  @NotNull
  @ListCode("FACILITY_KIND")
  private @Nullable Code kind;

  @ListCode("FUEL")
  private @Nullable Code fuel;

  @DecimalMin("0")
  private @Nullable Double capacityMw;

  @DecimalMin("-90")
  @DecimalMax("90")
  private @Nullable Double latitude;

  @DecimalMin("-180")
  @DecimalMax("180")
  private @Nullable Double longitude;

  private @Nullable YearOrDay commissioned;

  private @Nullable YearOrDay retired;

  @NotNull
  @Expandable
  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Region region;

  @Expandable
  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Organization organization;

  @RefersTo(Organization.class)
  private @Nullable Owners owners;

  protected Facility() {}

  public Facility(Code code, String name, Code kind, Region region) {
    super(code, name);
    this.kind = kind;
    this.region = region;
  }

  public @Nullable Code kind() {
    return kind;
  }

  /** The fuel it mostly burns, or the source of energy it mostly uses. */
  public @Nullable Code fuel() {
    return fuel;
  }

  /** Installed capacity in megawatts. */
  public @Nullable Double capacityMw() {
    return capacityMw;
  }

  /** Degrees north. */
  public @Nullable Double latitude() {
    return latitude;
  }

  /** Degrees east. */
  public @Nullable Double longitude() {
    return longitude;
  }

  /** The day or year in which it went into operation. */
  public @Nullable YearOrDay commissioned() {
    return commissioned;
  }

  /** The day or year in which it went out of operation for good. */
  public @Nullable YearOrDay retired() {
    return retired;
  }

  /** The region it stands in. */
  public @Nullable Region region() {
    return region;
  }

  /** The organization that operates it. */
  public @Nullable Organization organization() {
    return organization;
  }

  /** The organizations that own it, with their shares. */
  public @Nullable Owners owners() {
    return owners;
  }
}
