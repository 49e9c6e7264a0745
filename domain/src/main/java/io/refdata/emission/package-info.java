/** What emits at a facility. */
@NullMarked
package io.refdata.emission;

import org.jspecify.annotations.NullMarked;
