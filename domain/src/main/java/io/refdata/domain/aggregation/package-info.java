/** Values of groups and larger regions: the members in a period, and their values as one. */
@NullMarked
package io.refdata.domain.aggregation;

import org.jspecify.annotations.NullMarked;
