/** Tests of when cached responses are fresh. */
@NullMarked
package io.refdata.persistence.freshness;

import org.jspecify.annotations.NullMarked;
