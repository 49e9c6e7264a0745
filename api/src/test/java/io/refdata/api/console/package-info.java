/** Tests of the console in a real browser, on the running platform. */
@NullMarked
package io.refdata.api.console;

import org.jspecify.annotations.NullMarked;
