/** The times of changes, so that a cached response is used only while it is fresh. */
@NullMarked
package io.refdata.persistence.freshness;

import org.jspecify.annotations.NullMarked;
