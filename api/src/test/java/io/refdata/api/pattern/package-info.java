/** Whether what is read from outside is read in steps that grow with it, and no faster. */
@NullMarked
package io.refdata.api.pattern;

import org.jspecify.annotations.NullMarked;
