/** Datasets over HTTP: what they are, their series, their observations. */
@NullMarked
package io.refdata.api.dataset;

import org.jspecify.annotations.NullMarked;
