/** Checks the form of a request before any other handler sees it, but not its meaning. */
@NullMarked
package io.refdata.api.front;

import org.jspecify.annotations.NullMarked;
