/** A file on its way into a dataset or a collection. */
@NullMarked
package io.refdata.domain.load;

import org.jspecify.annotations.NullMarked;
