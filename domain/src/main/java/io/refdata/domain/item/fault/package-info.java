/** The errors of an item or of a write to it. */
@NullMarked
package io.refdata.domain.item.fault;

import org.jspecify.annotations.NullMarked;
