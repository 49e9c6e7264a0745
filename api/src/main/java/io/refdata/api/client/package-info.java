/** Clients that are many, slow or gone: none of them holds threads and connections of others. */
@NullMarked
package io.refdata.api.client;

import org.jspecify.annotations.NullMarked;
