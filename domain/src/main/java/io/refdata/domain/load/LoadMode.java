package io.refdata.domain.load;

/** The effect of a load on stored data that is not in its file. */
public enum LoadMode {
  /** It stays. */
  UPSERT,
  /** It is deleted, within the scope of the layout. */
  REPLACE
}
