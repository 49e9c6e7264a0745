/** The other side of comparisons: hand-written programs in the same server. */
@NullMarked
package io.refdata.perf.rival;

import org.jspecify.annotations.NullMarked;
