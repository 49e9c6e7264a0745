/** Whether the use of indexes is counted, and what is said of them. */
@NullMarked
package io.refdata.persistence.index;

import org.jspecify.annotations.NullMarked;
