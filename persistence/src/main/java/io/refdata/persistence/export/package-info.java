/** Files of observations that somebody asked for: their record, their queue, their removal. */
@NullMarked
package io.refdata.persistence.export;

import org.jspecify.annotations.NullMarked;
