@NullMarked
package io.refdata.batch.proposal;

import org.jspecify.annotations.NullMarked;
