/** Keeps clients that are many, slow or gone from holding the threads and connections of others. */
@NullMarked
package io.refdata.api.client;

import org.jspecify.annotations.NullMarked;
