/** How an answer is handed out: its bytes, its entity tag, and what a client may keep of it. */
@NullMarked
package io.refdata.api.answer;

import org.jspecify.annotations.NullMarked;
