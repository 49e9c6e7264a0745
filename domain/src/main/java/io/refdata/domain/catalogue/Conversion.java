package io.refdata.domain.catalogue;

import io.refdata.domain.item.Expandable;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.Ordered;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.ListCode;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;

/**
 * The amount of one unit in one of another, where it depends on what is measured: gigajoules in a
 * tonne of coal, tonnes of carbon dioxide equivalent in a tonne of methane. It holds for some time;
 * a better figure is a second conversion, or a new state of this one.
 */
@Entity
@Table(schema = "ref", name = "conversion")
@Audited
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
@Ordered(from = "validFrom", to = "validTo")
public class Conversion extends Item {
  @NotNull
  @Expandable
  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Unit from;

  @NotNull
  @Expandable
  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Unit to;

  @NotNull
  @DecimalMin(value = "0", inclusive = false)
  private @Nullable Double factor;

  @ListCode({"FUEL", "GAS"})
  private @Nullable Code context;

  private @Nullable LocalDate validFrom;

  private @Nullable LocalDate validTo;

  @Size(max = 1000)
  private @Nullable String source;

  protected Conversion() {}

  public Conversion(Code code, String name, Unit from, Unit to, double factor) {
    super(code, name);
    this.from = from;
    this.to = to;
    this.factor = factor;
  }

  /** The unit of values before the conversion. */
  public @Nullable Unit from() {
    return from;
  }

  /** The unit of values after it. */
  public @Nullable Unit to() {
    return to;
  }

  /** The factor for values in {@link #from()}; greater than 0. */
  public @Nullable Double factor() {
    return factor;
  }

  /** The fuel or the gas that it holds for; null: for any. */
  public @Nullable Code context() {
    return context;
  }

  /** The first day on which it holds; null: it always did. */
  public @Nullable LocalDate validFrom() {
    return validFrom;
  }

  /** The last day on which it holds; null: it has no end. */
  public @Nullable LocalDate validTo() {
    return validTo;
  }

  /** Where the factor was published. */
  public @Nullable String source() {
    return source;
  }
}
