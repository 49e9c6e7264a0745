/** How the quality of a dataset is judged: pure rules on values that were read. */
@NullMarked
package io.refdata.domain.quality;

import org.jspecify.annotations.NullMarked;
