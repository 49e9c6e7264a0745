/** Access: what a caller may do. */
@NullMarked
package io.refdata.domain.access;

import org.jspecify.annotations.NullMarked;
