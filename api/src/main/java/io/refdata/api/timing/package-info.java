/** Measures the time and the statements of each response for its {@code Server-Timing}. */
@NullMarked
package io.refdata.api.timing;

import org.jspecify.annotations.NullMarked;
