@NullMarked
package io.refdata.domain.calculation;

import org.jspecify.annotations.NullMarked;
