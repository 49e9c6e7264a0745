/** Past states, histories and the change feed, asked for while others write. */
@NullMarked
package io.refdata.api.history;

import org.jspecify.annotations.NullMarked;
