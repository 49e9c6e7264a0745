/** Regressions made on purpose, to test that the release gate notices them. */
@NullMarked
package io.refdata.perf.sabotage;

import org.jspecify.annotations.NullMarked;
