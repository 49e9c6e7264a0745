/** Tests of how an answer is handed out. */
@NullMarked
package io.refdata.api.answer;

import org.jspecify.annotations.NullMarked;
