/** The quality of a dataset, judged by pure rules on values that were read. */
@NullMarked
package io.refdata.domain.quality;

import org.jspecify.annotations.NullMarked;
