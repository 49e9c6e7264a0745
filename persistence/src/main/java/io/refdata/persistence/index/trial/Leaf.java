package io.refdata.persistence.index.trial;

/**
 * A table that has rows: the table of a recommendation, or a partition of it.
 *
 * @param table as SQL has it, with its schema
 * @param index the name of its index, as SQL has it, without schema
 * @param schema as SQL has it
 */
record Leaf(String table, String schema, String index) {
  /** The index with its schema. */
  String qualifiedIndex() {
    return schema + "." + index;
  }
}
