/** What can be wrong with an item or with a write of it. */
@NullMarked
package io.refdata.domain.item.fault;

import org.jspecify.annotations.NullMarked;
