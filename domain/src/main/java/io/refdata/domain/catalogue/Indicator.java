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
import jakarta.validation.constraints.Size;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;

/**
 * A quantity that series measure, with its unit and the rule that makes one value of a longer
 * period from the values of shorter ones.
 */
@Entity
@Table(schema = "ref", name = "indicator")
@Audited
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
public class Indicator extends Item {
  @Expandable
  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Unit unit;

  @ListCode("AGGREGATION")
  private @Nullable Code aggregation;

  @Size(max = 10000)
  private @Nullable String description;

  protected Indicator() {}

  public Indicator(Code code, String name) {
    super(code, name);
  }

  public @Nullable Unit unit() {
    return unit;
  }

  /**
   * The rule that makes one value of a longer period from those of shorter ones: SUM, MEAN, LAST,
   * MIN or MAX.
   */
  public @Nullable Code aggregation() {
    return aggregation;
  }

  public @Nullable String description() {
    return description;
  }
}
