/** Reference items over HTTP: every collection alike, each item as its properties say. */
@NullMarked
package io.refdata.api.item;

import org.jspecify.annotations.NullMarked;
