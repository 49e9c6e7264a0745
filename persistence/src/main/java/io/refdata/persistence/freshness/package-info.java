/** When each thing last changed, so that a cached response is fresh or is not used. */
@NullMarked
package io.refdata.persistence.freshness;

import org.jspecify.annotations.NullMarked;
