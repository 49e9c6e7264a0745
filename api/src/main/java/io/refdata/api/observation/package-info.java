/** Series and observations over HTTP. */
@NullMarked
package io.refdata.api.observation;

import org.jspecify.annotations.NullMarked;
