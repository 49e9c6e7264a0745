/** Loads over HTTP: clients send files and read the state of the loads and their rejects. */
@NullMarked
package io.refdata.api.load;

import org.jspecify.annotations.NullMarked;
