/** The values of properties: codes, owners, identifiers, years and days. */
@NullMarked
package io.refdata.domain.item.value;

import org.jspecify.annotations.NullMarked;
