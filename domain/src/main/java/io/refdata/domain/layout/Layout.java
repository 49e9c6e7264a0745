package io.refdata.domain.layout;

import io.refdata.domain.item.value.Code;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;

/**
 * A named description of a kind of file and of its target dataset or collection. Loads name the
 * layout they use. A load works with the definition as it was when the load arrived.
 */
@Entity
@Table(schema = "raw", name = "layout")
@Audited
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
public class Layout {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Integer id;

  @Version private int version;

  @NaturalId
  @Column(updatable = false)
  private Code code;

  private String definition;

  @SuppressWarnings("NullAway.Init")
  protected Layout() {}

  /**
   * @param definition a {@link LayoutDefinition} in JSON
   */
  public Layout(Code code, String definition) {
    this.code = code;
    this.definition = definition;
  }

  /** Replaces the definition for future loads. */
  public void redefine(String newDefinition) {
    this.definition = newDefinition;
  }

  public Code code() {
    return code;
  }

  public int version() {
    return version;
  }

  /** Sets the version that it begins with. Only before it is stored. */
  public void beginAt(int firstVersion) {
    this.version = firstVersion;
  }

  /** The {@link LayoutDefinition} in JSON. */
  public String definition() {
    return definition;
  }
}
