/** Access: who sends a request, and what they may do. */
@NullMarked
package io.refdata.api.access;

import org.jspecify.annotations.NullMarked;
