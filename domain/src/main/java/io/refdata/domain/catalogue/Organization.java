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
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;

/**
 * A company, an authority or a partnership that operates, owns or reports. It ends by a change of
 * {@link #status()}.
 */
@Entity
@Table(schema = "ref", name = "organization")
@Audited
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
public class Organization extends Item {
  @Lei private @Nullable String lei;

  @ListCode("ORGANIZATION_KIND")
  private @Nullable Code kind;

  @Expandable
  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Region region;

  @Expandable
  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Organization parent;

  @ListCode("ORGANIZATION_STATUS")
  private @Nullable Code status;

  protected Organization() {}

  public Organization(Code code, String name) {
    super(code, name);
  }

  /** Its legal entity identifier, ISO 17442. */
  public @Nullable String lei() {
    return lei;
  }

  public @Nullable Code kind() {
    return kind;
  }

  /** The region in which it is registered. */
  public @Nullable Region region() {
    return region;
  }

  /** The organization that controls it. */
  public @Nullable Organization parent() {
    return parent;
  }

  public @Nullable Code status() {
    return status;
  }
}
