/** Reads series and observations. */
@NullMarked
package io.refdata.persistence.observation;

import org.jspecify.annotations.NullMarked;
