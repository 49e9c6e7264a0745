/** The buckets that rollups keep, as reads get them. */
@NullMarked
package io.refdata.persistence.bucket;

import org.jspecify.annotations.NullMarked;
