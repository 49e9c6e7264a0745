/** Proposes layouts for files, from their first lines. */
@NullMarked
package io.refdata.batch.proposal;

import org.jspecify.annotations.NullMarked;
