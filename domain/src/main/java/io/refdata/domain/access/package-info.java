/** The roles of callers. */
@NullMarked
package io.refdata.domain.access;

import org.jspecify.annotations.NullMarked;
