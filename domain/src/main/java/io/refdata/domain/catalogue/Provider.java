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

/** A publisher of data, with the licence of that data. */
@Entity
@Table(schema = "ref", name = "provider")
@Audited
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
public class Provider extends Item {
  @Size(max = 2000)
  private @Nullable String url;

  @Size(max = 1000)
  private @Nullable String licence;

  protected Provider() {}

  public Provider(Code code, String name) {
    super(code, name);
  }

  public @Nullable String url() {
    return url;
  }

  public @Nullable String licence() {
    return licence;
  }
}
