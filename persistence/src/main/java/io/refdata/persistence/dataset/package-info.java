/** How datasets, series and observations are found and kept. */
@NullMarked
package io.refdata.persistence.dataset;

import org.jspecify.annotations.NullMarked;
