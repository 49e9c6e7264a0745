/** When what answers are made from last changed, so that kept answers are fresh or not given. */
@NullMarked
package io.refdata.persistence.version;

import org.jspecify.annotations.NullMarked;
