/** The settings for operators: every name, with its type, bounds and default, in one place. */
@NullMarked
package io.refdata.settings;

import org.jspecify.annotations.NullMarked;
