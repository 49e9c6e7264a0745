/** Datasets over HTTP, asked for from outside. */
@NullMarked
package io.refdata.api.dataset;

import org.jspecify.annotations.NullMarked;
