/** Faults put into the platform on purpose, to see that the release gate notices them. */
@NullMarked
package io.refdata.perf.sabotage;

import org.jspecify.annotations.NullMarked;
