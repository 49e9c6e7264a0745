/** How fresh the datasets are, and how the loads of each layout run. */
@NullMarked
package io.refdata.persistence.monitoring;

import org.jspecify.annotations.NullMarked;
