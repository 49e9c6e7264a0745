package io.refdata.domain.catalogue;

import io.refdata.domain.item.Expandable;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.Ordered;
import io.refdata.domain.item.ValueWhenCreated;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.ListCode;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;

/**
 * A place that data is about: the world, a continent, a country, or a publisher's own group of
 * them. Regions form a tree. A country that ceases to exist gets a last day and a successor; it is
 * not deleted, since its data stays.
 */
@Entity
@Table(schema = "ref", name = "region")
@Audited
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
@Ordered(from = "validFrom", to = "validTo")
public class Region extends Item {
  @NotNull
  @ListCode("REGION_KIND")
  @ValueWhenCreated(
      "GROUP") // a region that is not a country is a publisher's own group of countries
  private @Nullable Code kind;

  @Expandable
  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Region parent;

  /** ISO 3166-1 alpha-2, of countries. */
  @Pattern(regexp = "[A-Z]{2}", message = "must be two capital letters")
  private @Nullable String alpha2;

  /** The United Nations' M49 number, three digits. */
  @Pattern(regexp = "\\d{3}", message = "must be three digits")
  private @Nullable String m49;

  @DecimalMin("-90")
  @DecimalMax("90")
  private @Nullable Double latitude;

  @DecimalMin("-180")
  @DecimalMax("180")
  private @Nullable Double longitude;

  private @Nullable LocalDate validFrom;

  private @Nullable LocalDate validTo;

  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Region replacedBy;

  protected Region() {}

  public Region(Code code, String name, Code kind) {
    super(code, name);
    this.kind = kind;
  }

  public @Nullable Code kind() {
    return kind;
  }

  /** The next larger region that holds it. */
  public @Nullable Region parent() {
    return parent;
  }

  public @Nullable String alpha2() {
    return alpha2;
  }

  public @Nullable String m49() {
    return m49;
  }

  /** Degrees north. */
  public @Nullable Double latitude() {
    return latitude;
  }

  /** Degrees east. */
  public @Nullable Double longitude() {
    return longitude;
  }

  /** The first day on which it was a region. */
  public @Nullable LocalDate validFrom() {
    return validFrom;
  }

  /** The last day on which it was a region. */
  public @Nullable LocalDate validTo() {
    return validTo;
  }

  /** The region that took its place. */
  public @Nullable Region replacedBy() {
    return replacedBy;
  }
}
