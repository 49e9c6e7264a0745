/** Many items of one set, written by one request: all of them or none. */
@NullMarked
package io.refdata.persistence.item.batch;

import org.jspecify.annotations.NullMarked;
