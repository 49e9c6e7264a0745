package io.refdata.domain.catalogue;

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
import java.util.Objects;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;

/** A code of a code list. It is unique only within that list. */
@Entity
@Table(schema = "ref", name = "code")
@Audited
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
@Ordered(from = "validFrom", to = "validTo")
public class ListedCode extends Item {
  @NotNull
  @NaturalId
  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable CodeList list;

  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable ListedCode parent;

  private @Nullable Integer position;

  private @Nullable LocalDate validFrom;

  private @Nullable LocalDate validTo;

  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable ListedCode replacedBy;

  protected ListedCode() {}

  public ListedCode(CodeList list, Code code, String name) {
    super(code, name);
    this.list = list;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other)
        && other instanceof ListedCode code
        && Objects.equals(list(), code.list());
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  /** The list it is in; it never changes. */
  public @Nullable CodeList list() {
    return list;
  }

  public @Nullable ListedCode parent() {
    return parent;
  }

  /** Its position among the codes of its list. */
  public @Nullable Integer position() {
    return position;
  }

  /** The first day on which it may be used. */
  public @Nullable LocalDate validFrom() {
    return validFrom;
  }

  /** The last day on which it may be used. */
  public @Nullable LocalDate validTo() {
    return validTo;
  }

  public @Nullable ListedCode replacedBy() {
    return replacedBy;
  }
}
