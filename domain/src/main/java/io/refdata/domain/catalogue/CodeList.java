package io.refdata.domain.catalogue;

import io.refdata.domain.item.Item;
import io.refdata.domain.item.PropertyName;
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

/** A closed or growing set of codes that a property or a dimension draws its values from. */
@Entity
@Table(schema = "ref", name = "code_list")
@Audited
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
public class CodeList extends Item {
  @Size(max = 200)
  private @Nullable String agency;

  @PropertyName("version")
  @Size(max = 100)
  private @Nullable String listVersion;

  protected CodeList() {}

  public CodeList(Code code, String name) {
    super(code, name);
  }

  /** The agency that maintains it: {@code ISO}, {@code SDMX}. */
  public @Nullable String agency() {
    return agency;
  }

  /** Its maintainer's version, as the maintainer writes it. */
  public @Nullable String listVersion() {
    return listVersion;
  }
}
