/** Writes of single reference items. */
@NullMarked
package io.refdata.persistence.item.write;

import org.jspecify.annotations.NullMarked;
