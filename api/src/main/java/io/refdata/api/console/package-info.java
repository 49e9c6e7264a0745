/** Serves the pages of the console. All that they show, they ask of the API as any client does. */
@NullMarked
package io.refdata.api.console;

import org.jspecify.annotations.NullMarked;
