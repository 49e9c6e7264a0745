/** The measurements before a release: mostly two sides in one run, compared as a ratio. */
@NullMarked
package io.refdata.perf;

import org.jspecify.annotations.NullMarked;
