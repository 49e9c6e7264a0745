/** The other side of comparisons: what one would write by hand, in the same server. */
@NullMarked
package io.refdata.perf.rival;

import org.jspecify.annotations.NullMarked;
