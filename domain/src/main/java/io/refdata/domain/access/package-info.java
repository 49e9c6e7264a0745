/** Who may do what. */
@NullMarked
package io.refdata.domain.access;

import org.jspecify.annotations.NullMarked;
