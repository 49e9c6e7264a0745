/** What the systems that the platform grew from claimed of themselves, measured again on it. */
@NullMarked
package io.refdata.perf.claims;

import org.jspecify.annotations.NullMarked;
