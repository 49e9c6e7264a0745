package io.refdata.domain.dataset;

import io.refdata.domain.catalogue.Provider;
import io.refdata.domain.catalogue.Unit;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.value.Code;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;

/**
 * A set of series that share their dimensions, frequency and provider. Its dimensions are fixed
 * from its first series on; it ends when it is deleted, with or without its observations.
 */
@Entity
@Table(schema = "curated", name = "dataset")
@Audited
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
public class Dataset extends Item {
  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Provider provider;

  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Unit unit;

  @Enumerated(EnumType.STRING)
  private Frequency frequency;

  private List<String> dimensionCodes;

  private List<String> dimensionValues;

  @Enumerated(EnumType.STRING)
  @Column(name = "interval")
  private Interval interval;

  private int premake;

  private @Nullable String retention;

  @Enumerated(EnumType.STRING)
  private OnExpiry onExpiry;

  private @Nullable String warnAfter;

  private @Nullable String failAfter;

  @Enumerated(EnumType.STRING)
  private UnknownCodes unknownCodes;

  private boolean isPublic;

  @SuppressWarnings("NullAway.Init")
  protected Dataset() {}

  @SuppressWarnings("NullAway.Init")
  public Dataset(Code code, String name, Details details) {
    super(code, name);
    redefine(name, details);
  }

  /**
   * The description of a dataset, apart from its code and name.
   *
   * @param unit the unit of all values, if no dimension gives one; else null
   * @param unknownCodes whether a load {@code REJECT}s or {@code CREATE}s codes that do not exist
   *     among the values of a dimension
   * @param isPublic whether it can be read without a credential
   */
  public record Details(
      @Nullable Provider provider,
      @Nullable Unit unit,
      Frequency frequency,
      List<Dimension> dimensions,
      Partitioning partitioning,
      Freshness freshness,
      UnknownCodes unknownCodes,
      boolean isPublic) {
    /** Those of a dataset that is not public. */
    public Details(
        @Nullable Provider provider,
        @Nullable Unit unit,
        Frequency frequency,
        List<Dimension> dimensions,
        Partitioning partitioning,
        Freshness freshness,
        UnknownCodes unknownCodes) {
      this(provider, unit, frequency, dimensions, partitioning, freshness, unknownCodes, false);
    }
  }

  /** Replaces its name and description. */
  public final void redefine(String name, Details details) {
    rename(name);
    this.provider = details.provider();
    this.unit = details.unit();
    this.frequency = details.frequency();
    this.dimensionCodes =
        details.dimensions().stream().map(dimension -> dimension.code().value()).toList();
    this.dimensionValues = details.dimensions().stream().map(Dimension::values).toList();
    this.interval = details.partitioning().interval();
    this.premake = details.partitioning().premake();
    this.retention = details.partitioning().retention();
    this.onExpiry = details.partitioning().onExpiry();
    this.warnAfter = details.freshness().warnAfter();
    this.failAfter = details.freshness().failAfter();
    this.unknownCodes = details.unknownCodes();
    this.isPublic = details.isPublic();
  }

  public @Nullable Provider provider() {
    return provider;
  }

  /** The unit of its values, where its dimensions give none. */
  public @Nullable Unit unit() {
    return unit;
  }

  public Frequency frequency() {
    return frequency;
  }

  /** Its dimensions, in the order in which a series key joins their values. */
  public List<Dimension> dimensions() {
    List<Dimension> dimensions = new ArrayList<>(dimensionCodes.size());
    for (int i = 0; i < dimensionCodes.size(); i++) {
      dimensions.add(new Dimension(new Code(dimensionCodes.get(i)), dimensionValues.get(i)));
    }
    return dimensions;
  }

  public Partitioning partitioning() {
    return new Partitioning(interval, premake, retention, onExpiry);
  }

  public Freshness freshness() {
    return new Freshness(warnAfter, failAfter);
  }

  /**
   * {@code REJECT} or {@code CREATE}: how a load treats codes that do not exist among the values of
   * a dimension.
   */
  public UnknownCodes unknownCodes() {
    return unknownCodes;
  }

  /** Whether it can be read without a credential. */
  public boolean isPublic() {
    return isPublic;
  }
}
