/** The definitions of datasets over HTTP. */
@NullMarked
package io.refdata.api.dataset;

import org.jspecify.annotations.NullMarked;
