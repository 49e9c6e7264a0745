/** The merge of staged observations into their dataset. */
@NullMarked
package io.refdata.persistence.load.observation;

import org.jspecify.annotations.NullMarked;
