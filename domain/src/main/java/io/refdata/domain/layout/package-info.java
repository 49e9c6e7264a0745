/** How a file reads, and the dataset or collection it is loaded into. */
@NullMarked
package io.refdata.domain.layout;

import org.jspecify.annotations.NullMarked;
