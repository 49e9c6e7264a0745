/** The trials of indexes, and what they leave. */
@NullMarked
package io.refdata.persistence.index.trial;

import org.jspecify.annotations.NullMarked;
