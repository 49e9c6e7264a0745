/**
 * Feature sets over HTTP: their definitions, and the rows that models are trained and asked with.
 */
@NullMarked
package io.refdata.api.feature;

import org.jspecify.annotations.NullMarked;
