/** What callers may do: the roles, in one place. */
@NullMarked
package io.refdata.access;

import org.jspecify.annotations.NullMarked;
