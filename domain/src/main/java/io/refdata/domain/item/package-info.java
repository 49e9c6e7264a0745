/**
 * The parts that all reference items share: a code that never changes, a name, a version, and
 * properties that describe themselves.
 */
@NullMarked
package io.refdata.domain.item;

import org.jspecify.annotations.NullMarked;
