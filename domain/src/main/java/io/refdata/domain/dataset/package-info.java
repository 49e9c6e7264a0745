/** Datasets, their dimensions and frequencies, and the periods of their observations. */
@NullMarked
package io.refdata.domain.dataset;

import org.jspecify.annotations.NullMarked;
