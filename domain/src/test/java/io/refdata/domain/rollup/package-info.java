/** Tests of rollups. */
@NullMarked
package io.refdata.domain.rollup;

import org.jspecify.annotations.NullMarked;
