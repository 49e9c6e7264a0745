/** Rollups: what is kept of longer periods, and how writers keep it exact. */
@NullMarked
package io.refdata.persistence.rollup;

import org.jspecify.annotations.NullMarked;
