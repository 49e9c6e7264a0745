/** Who sends a request, and whether they may. */
@NullMarked
package io.refdata.api.access;

import org.jspecify.annotations.NullMarked;
