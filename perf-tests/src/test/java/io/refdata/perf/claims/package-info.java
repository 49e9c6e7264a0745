/** The claims of the systems that the platform grew from, measured again on the platform. */
@NullMarked
package io.refdata.perf.claims;

import org.jspecify.annotations.NullMarked;
