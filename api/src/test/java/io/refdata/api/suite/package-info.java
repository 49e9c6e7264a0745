/**
 * The integration tests in two groups that run side by side, each in a JVM of its own. A single
 * class is run by {@code -Dit.test=} as ever.
 */
@NullMarked
package io.refdata.api.suite;

import org.jspecify.annotations.NullMarked;
