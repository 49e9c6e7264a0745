/** Callers and their roles, checked ahead of everything else. */
@NullMarked
package io.refdata.api.access;

import org.jspecify.annotations.NullMarked;
