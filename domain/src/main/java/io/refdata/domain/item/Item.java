package io.refdata.domain.item;

import io.refdata.domain.item.value.Code;
import jakarta.persistence.Column;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.hibernate.annotations.NaturalId;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;

/**
 * One thing in the reference data: a region, a facility, a unit. Its code identifies it in its
 * collection and never changes; its version rises with each change. All other data about it are its
 * {@linkplain ItemType#properties() properties}. It ends when it is deleted, which is not possible
 * while another item refers to it; its past stays on record.
 */
@MappedSuperclass
@Audited
public abstract class Item {
  /**
   * The largest number of characters of a name. They are at most 2,550 bytes, and fit an entry of
   * PostgreSQL's B-trees (2,704) together with the code.
   */
  public static final int LONGEST_NAME = 850;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Integer id;

  @Version private int version;

  @NaturalId
  @Column(updatable = false)
  private Code code;

  @NotBlank
  @Size(max = LONGEST_NAME)
  private String name;

  @SuppressWarnings("NullAway.Init")
  protected Item() {}

  protected Item(Code code, String name) {
    this.code = code;
    this.name = name;
  }

  /** Its surrogate key; it never leaves the service. Null until it is stored. */
  public @Nullable Integer id() {
    return id;
  }

  /**
   * Rises with each change. It begins with 0, or after the versions of deleted items that had its
   * code: no two states under one code have the same.
   */
  public int version() {
    return version;
  }

  /** Sets the version that it begins with. Only before it is stored. */
  public void beginAt(int firstVersion) {
    this.version = firstVersion;
  }

  public Code code() {
    return code;
  }

  public String name() {
    return name;
  }

  protected final void rename(String newName) {
    this.name = newName;
  }

  /**
   * Takes the id and version of a past state. Only for an item that is rebuilt from audit rows and
   * that no entity manager ever manages.
   */
  public void recordedAs(int recordedId, int recordedVersion) {
    this.id = recordedId;
    this.version = recordedVersion;
  }

  /** Items are equal if their types and codes are, whatever their other properties. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Item item && kind() == item.kind() && code().equals(item.code());
  }

  @Override
  public int hashCode() {
    return code().hashCode();
  }

  @Override
  public String toString() {
    return code().value();
  }

  /** The entity class, the same for an item and for a proxy of it. */
  private Class<?> kind() {
    return org.hibernate.Hibernate.getClassLazy(this);
  }
}
