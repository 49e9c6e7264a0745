@NullMarked
package io.refdata.domain.comparison;

import org.jspecify.annotations.NullMarked;
