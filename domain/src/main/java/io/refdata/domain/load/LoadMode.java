package io.refdata.domain.load;

/** What a load does with what is stored and not in its file. */
public enum LoadMode {
  /** It stays. */
  UPSERT,
  /** It is deleted, within the scope of the layout. */
  REPLACE
}
