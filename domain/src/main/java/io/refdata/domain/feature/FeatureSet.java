package io.refdata.domain.feature;

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
 * A named set of features of the entities of a dataset, in its newest version. A version that was
 * read never changes again: another definition gets a higher number. Earlier versions stay
 * readable, from the past states of the set.
 */
@Entity
@Table(schema = "curated", name = "feature_set")
@Audited
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
public class FeatureSet {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Integer id;

  @Version private int version;

  @NaturalId
  @Column(updatable = false)
  private Code code;

  private String name;

  private int number;

  private String definition;

  @SuppressWarnings("NullAway.Init")
  protected FeatureSet() {}

  /**
   * @param number the version of the definition
   * @param definition a {@link FeatureSetDefinition} in JSON
   */
  public FeatureSet(Code code, String name, int number, String definition) {
    this.code = code;
    this.name = name;
    this.number = number;
    this.definition = definition;
  }

  /** Replaces name and definition. The caller has checked that the version may change. */
  public void redefine(String newName, int newNumber, String newDefinition) {
    this.name = newName;
    this.number = newNumber;
    this.definition = newDefinition;
  }

  public Code code() {
    return code;
  }

  public String name() {
    return name;
  }

  /** The version of its definition, from 1: what a client raises. */
  public int number() {
    return number;
  }

  /** The number that {@code If-Match} is compared with; it rises with each write. */
  public int version() {
    return version;
  }

  /** Sets the version that it begins with. Only before it is stored. */
  public void beginAt(int firstVersion) {
    this.version = firstVersion;
  }

  /** The {@link FeatureSetDefinition} in JSON. */
  public String definition() {
    return definition;
  }
}
