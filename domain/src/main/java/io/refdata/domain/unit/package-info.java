/** What units measure, and how values are converted from one to another, by UCUM. */
@NullMarked
package io.refdata.domain.unit;

import org.jspecify.annotations.NullMarked;
