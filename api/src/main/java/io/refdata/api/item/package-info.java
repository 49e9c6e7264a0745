/**
 * Reference items over HTTP. The same code serves all collections, based on the properties of each
 * item type.
 */
@NullMarked
package io.refdata.api.item;

import org.jspecify.annotations.NullMarked;
