@NullMarked
package io.refdata.domain.aggregation;

import org.jspecify.annotations.NullMarked;
