/** What is measured before a release: always two sides in one run, compared as a ratio. */
@NullMarked
package io.refdata.perf;

import org.jspecify.annotations.NullMarked;
