/** The stored feature sets, and what their rows are worked out of. */
@NullMarked
package io.refdata.persistence.feature;

import org.jspecify.annotations.NullMarked;
