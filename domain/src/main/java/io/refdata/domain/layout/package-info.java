/** Layouts: descriptions of files, and of the dataset or collection they are loaded into. */
@NullMarked
package io.refdata.domain.layout;

import org.jspecify.annotations.NullMarked;
