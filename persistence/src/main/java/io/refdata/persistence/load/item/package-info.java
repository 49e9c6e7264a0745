/** The merge of staged items into their collection. */
@NullMarked
package io.refdata.persistence.load.item;

import org.jspecify.annotations.NullMarked;
