package io.refdata.domain.catalogue;

import io.refdata.domain.item.Expandable;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.Ordered;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.Identifiers;
import io.refdata.domain.item.value.ListCode;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.LocalDate;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;

/**
 * A thing that is traded or quoted: power of a market area, a gas hub, an oil benchmark, a share.
 * It ends with its last day of quotation, {@link #activeTo()}; its prices stay.
 */
@Entity
@Table(schema = "ref", name = "instrument")
@Audited
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
@Ordered(from = "activeFrom", to = "activeTo")
public class Instrument extends Item {
  @ListCode("INSTRUMENT_KIND")
  private @Nullable Code kind;

  @ListCode("CURRENCY")
  private @Nullable Code currency;

  @Expandable
  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Unit unit;

  @Expandable
  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Region region;

  private @Nullable Identifiers identifiers;

  private @Nullable LocalDate activeFrom;

  private @Nullable LocalDate activeTo;

  protected Instrument() {}

  public Instrument(Code code, String name) {
    super(code, name);
  }

  public @Nullable Code kind() {
    return kind;
  }

  /** The currency of its price, ISO 4217. */
  public @Nullable Code currency() {
    return currency;
  }

  /** The unit that its price is for: a megawatt hour, a barrel. */
  public @Nullable Unit unit() {
    return unit;
  }

  /** The region in which it is delivered or listed. */
  public @Nullable Region region() {
    return region;
  }

  /** Its identifiers in other registries. */
  public @Nullable Identifiers identifiers() {
    return identifiers;
  }

  /** The first day on which it was quoted. */
  public @Nullable LocalDate activeFrom() {
    return activeFrom;
  }

  /** The last day on which it was quoted. */
  public @Nullable LocalDate activeTo() {
    return activeTo;
  }
}
