/** The roles of callers, in one place. */
@NullMarked
package io.refdata.access;

import org.jspecify.annotations.NullMarked;
