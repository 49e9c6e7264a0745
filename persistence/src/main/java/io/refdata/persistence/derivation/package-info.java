/** Observations that are worked out from the stored ones while they are read, row by row. */
@NullMarked
package io.refdata.persistence.derivation;

import org.jspecify.annotations.NullMarked;
