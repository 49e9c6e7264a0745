/**
 * Statements: their texts, COPY, reads of several statements in one snapshot, and the counting of
 * statements.
 */
@NullMarked
package io.refdata.persistence.sql;

import org.jspecify.annotations.NullMarked;
