/** The definitions of datasets, current and past. */
@NullMarked
package io.refdata.persistence.dataset;

import org.jspecify.annotations.NullMarked;
