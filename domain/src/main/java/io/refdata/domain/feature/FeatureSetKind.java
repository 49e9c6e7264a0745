package io.refdata.domain.feature;

/** What the rows of a feature set are for. */
public enum FeatureSetKind {
  /** A row for each series and cutoff, with what is to be forecast. */
  FORECASTING,
  /** A row for each entity and cutoff, whose numbers may be scaled. */
  CLUSTERING,
  /** A row for each facility, with what its place tells. */
  GEO_ENRICHMENT
}
