/** Which indexes are missing, and which are not needed: recommendations with reasons and gains. */
@NullMarked
package io.refdata.persistence.index.advice;

import org.jspecify.annotations.NullMarked;
