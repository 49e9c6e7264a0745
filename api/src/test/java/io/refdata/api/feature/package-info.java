/** Tests of feature sets over HTTP. */
@NullMarked
package io.refdata.api.feature;

import org.jspecify.annotations.NullMarked;
