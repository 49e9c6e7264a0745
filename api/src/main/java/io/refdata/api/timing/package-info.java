/** What an answer took: the {@code Server-Timing} of each. */
@NullMarked
package io.refdata.api.timing;

import org.jspecify.annotations.NullMarked;
