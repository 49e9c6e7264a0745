package io.refdata.domain.catalogue;

import io.refdata.domain.item.Expandable;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.Ordered;
import io.refdata.domain.item.value.Code;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;

/**
 * Says that a region is a member of a group of regions for some time: France of the European Union.
 * A member may be a group itself. A member that leaves gets a last day; one that comes back gets a
 * second membership. A membership is deleted only if it was entered by mistake.
 */
@Entity
@Table(schema = "ref", name = "membership")
@Audited
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
@Ordered(from = "validFrom", to = "validTo")
public class Membership extends Item {
  @NotNull
  @Expandable
  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Region group;

  @NotNull
  @Expandable
  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Region member;

  private @Nullable LocalDate validFrom;

  private @Nullable LocalDate validTo;

  protected Membership() {}

  public Membership(Code code, String name, Region group, Region member) {
    super(code, name);
    this.group = group;
    this.member = member;
  }

  /** The group that it is a member of. */
  public @Nullable Region group() {
    return group;
  }

  /** The region that is the member. */
  public @Nullable Region member() {
    return member;
  }

  /** The first day on which it is a member; null: it always was. */
  public @Nullable LocalDate validFrom() {
    return validFrom;
  }

  /** The last day on which it is a member; null: it has no end. */
  public @Nullable LocalDate validTo() {
    return validTo;
  }
}
