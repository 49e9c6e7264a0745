/** Rollups: buckets that writers keep exact within their transactions, and that are read. */
@NullMarked
package io.refdata.persistence.rollup;

import org.jspecify.annotations.NullMarked;
