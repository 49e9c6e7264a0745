/** The load of a file into a dataset or a collection. */
@NullMarked
package io.refdata.domain.load;

import org.jspecify.annotations.NullMarked;
