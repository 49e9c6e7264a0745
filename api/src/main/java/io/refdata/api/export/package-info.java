/** Files of observations that are written while nobody waits, and fetched later. */
@NullMarked
package io.refdata.api.export;

import org.jspecify.annotations.NullMarked;
