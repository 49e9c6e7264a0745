/** Lists and past states of reference items, each read by one statement. */
@NullMarked
package io.refdata.persistence.item.query;

import org.jspecify.annotations.NullMarked;
