/** Shares of the server for each kind of request, so that no kind takes the place of another. */
@NullMarked
package io.refdata.api.share;

import org.jspecify.annotations.NullMarked;
