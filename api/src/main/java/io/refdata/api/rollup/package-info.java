/** The rollups of datasets over HTTP. */
@NullMarked
package io.refdata.api.rollup;

import org.jspecify.annotations.NullMarked;
